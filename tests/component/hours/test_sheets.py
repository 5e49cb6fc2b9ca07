"""批量登记: a unit's admin registers by one sheet; good rows are taken, bad ones named."""

from io import BytesIO

import httpx
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.component.hours.conftest import Hours, known, number

GOOD = ["培训进修", "研修班", "广西大学", "线下", "2024-11-04", "上午", "2024-11-06", "上午"]


def filled(template: bytes, rows: list[list[object]]) -> bytes:
    """The template's own headings, and rows below them."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(template)).get_sheet_by_index(0)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for n, row in enumerate([*sheet.to_python(skip_empty_area=False)[:2], *rows]):
        page.write_row(n, 0, row)
    book.close()
    return out.getvalue()


async def sent(client: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await client.post("/sheets/2024/claims", files={"file": ("claims.xlsx", content)})


async def test_good_rows_are_registered_and_bad_ones_named_by_row(hours: Hours) -> None:
    learner = await known(hours, 1, "覃小明")
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    rest = ["合格", "20", "学习新方法"]
    rows: list[list[object]] = [
        ["覃小明", "", number(1), *GOOD, *rest],
        ["韦别人", "", number(1), *GOOD, *rest],
        ["覃小明", "居民身份证", number(2), *GOOD, *rest],
        ["覃小明", "", number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1"), *GOOD, *rest],
        ["覃小明", "", 450102199003070010.0, *GOOD, *rest],
        ["覃小明", "", number(1), *GOOD, "合格", "4.25", ""],
        ["覃小明", "", number(1), "没有的类别", *GOOD[1:], *rest],
        ["覃小明", "", number(1), *GOOD[:4], "昨天", *GOOD[5:], *rest],
    ]
    answer = await sent(admin, filled(template, rows))
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["registered"], said["refused"]) == (1, 7)
    assert [row["refused"] and row["refused"]["rule"] for row in said["rows"]] == [
        None,
        "other-name",
        "nobody-of-this-number",
        "number-wrong",
        "number-cell",
        "finer-than-the-step",
        "cell-wrong",
        "cell-wrong",
    ]
    listed = (await admin.get("/claims")).json()["items"]
    assert [item["person_id"] for item in listed] == [str(learner.id)]
    assert listed[0]["registered_by"] == "unit"


async def test_a_department_s_admin_registers_nobody_of_another(hours: Hours) -> None:
    await known(hours, 1, "覃小明", department=False)
    admin = hours.as_(hours.admin(department=hours.department))
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    rows: list[list[object]] = [["覃小明", "", number(1), *GOOD, "合格", "20", ""]]
    said = (await sent(admin, filled(template, rows))).json()
    assert said["rows"][0]["refused"]["rule"] == "nobody-of-this-number"


async def test_what_is_no_sheet_of_ours_or_too_long_is_refused_whole(hours: Hours) -> None:
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    assert (await sent(admin, b"%PDF-1.7")).json()["rule"] == "sheet-unreadable"
    rows: list[list[object]] = [["", "", number(n % 900)] for n in range(3000)]
    assert (await sent(admin, filled(template, rows))).json()["rule"] == "sheet-too-large"


async def test_a_bad_cell_is_named_by_its_heading_in_words_for_a_clerk(hours: Hours) -> None:
    await known(hours, 1, "覃小明")
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    who = ["覃小明", "居民身份证", number(1)]
    rest = ["合格", "20", ""]
    rows: list[list[object]] = [
        [*who, GOOD[0], "", *GOOD[2:], *rest],
        [*who, *GOOD[:4], "2024-13-01", *GOOD[5:], *rest],
        [*who, *GOOD[:5], "", *GOOD[6:], *rest],
        [*who, *GOOD, "合格", "很多", ""],
        ["覃小明", "会员证", number(1), *GOOD, *rest],
        ["覃小明", "护照", "不是号码", *GOOD, *rest],
    ]
    said = (await sent(admin, filled(template, rows))).json()
    assert [row["refused"]["detail"].partition("；")[0] for row in said["rows"][:5]] == [
        "第 5 列“活动名称”：请填写",
        "第 8 列“开始日期”：没有这一天",
        "第 9 列“开始半天”：请填写",
        "第 13 列“申请学时”：格式不符合要求，如 4.00",
        "第 2 列“证件类型”：没有此证件类型",
    ]
    assert said["rows"][5]["refused"]["rule"] == "number-wrong"


async def test_what_was_computed_is_no_claim_and_an_empty_sheet_is_told_so(hours: Hours) -> None:
    await known(hours, 1, "覃小明")
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    who, rest = ["覃小明", "", number(1)], ["合格", "20", ""]
    rows: list[list[object]] = [[*who, GOOD[0], "=1+1", *GOOD[2:], *rest]]
    said = (await sent(admin, filled(template, rows))).json()
    assert [row["refused"]["rule"] for row in said["rows"]] == ["formula-cell"]
    assert said["rows"][0]["refused"]["detail"].startswith("第 5 列“活动名称”含有公式")
    empty = await sent(admin, template)
    assert (empty.status_code, empty.json()["rule"]) == (422, "sheet-without-rows")


async def test_dates_are_read_however_people_type_them(hours: Hours) -> None:
    await known(hours, 1, "覃小明")
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    days = ("2024/11/4", "2024年11月5日", "2024.11.06")
    rows: list[list[object]] = [
        ["覃小明", "", number(1), "培训进修", f"研修班{n}", *GOOD[2:4], day, "上午", day, "上午"]
        for n, day in enumerate(days)
    ]
    for row in rows:
        row += ["合格", "4", ""]
    said = (await sent(admin, filled(template, rows))).json()
    assert said["registered"] == 3, said
    listed = (await admin.get("/claims")).json()["items"]
    assert {item["began"] for item in listed} == {f"2024-11-0{n}/am" for n in (4, 5, 6)}
