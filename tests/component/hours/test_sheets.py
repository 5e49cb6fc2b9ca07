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
        [number(1), "覃小明", *GOOD, *rest],
        [number(1), "韦别人", *GOOD, *rest],
        [number(2), "覃小明", *GOOD, *rest],
        [number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1"), "覃小明", *GOOD, *rest],
        [450102199003070010.0, "覃小明", *GOOD, *rest],
        [number(1), "覃小明", *GOOD, "合格", "4.25", ""],
        [number(1), "覃小明", "没有的类别", *GOOD[1:], *rest],
        [number(1), "覃小明", *GOOD[:4], "昨天", *GOOD[5:], *rest],
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
    rows: list[list[object]] = [[number(1), "覃小明", *GOOD, "合格", "20", ""]]
    said = (await sent(admin, filled(template, rows))).json()
    assert said["rows"][0]["refused"]["rule"] == "nobody-of-this-number"


async def test_what_is_no_sheet_of_ours_or_too_long_is_refused_whole(hours: Hours) -> None:
    admin = hours.as_(hours.admin())
    template = (await admin.get("/sheets/2024/claims.xlsx")).content
    assert (await sent(admin, b"%PDF-1.7")).json()["rule"] == "sheet-unreadable"
    rows: list[list[object]] = [[number(n % 900)] for n in range(3000)]
    assert (await sent(admin, filled(template, rows))).json()["rule"] == "sheet-too-large"
