"""Rosters as Excel sheets: what is taken, what is listed as bad, what is refused whole."""

import struct
import time
import zipfile
from io import BytesIO
from string import ascii_uppercase
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from libs.events.documents import LONGEST_NAME
from services.filing import sheets as reading
from tests.component.filing.conftest import EXCEL, Filing, filed, imported
from tests.component.filing.sheets import book, name, number, roster


async def post(filing: Filing, content: bytes, path: str = "") -> Any:
    """Hand in a sheet."""
    base = filing.as_(filing.base)
    path = path or await filed(base)
    return await base.post(f"{path}/rosters", files={"file": ("roster.xlsx", content, EXCEL)})


async def test_what_is_filled_into_the_template_comes_back_whole(filing: Filing) -> None:
    base = filing.as_(filing.base)
    template = (await base.get("/roster-template")).content
    cells = CalamineWorkbook.from_filelike(BytesIO(template)).get_sheet_by_index(0).to_python()
    assert cells[1] == ["序号", "姓名", "证件类型", "身份证件号码", "工作单位"]
    answer = await post(filing, template)
    assert (answer.status_code, answer.json()["rule"]) == (422, "sheet-without-rows")
    numbered = book(lambda _, sheet: sheet.write_column(2, 0, [1, 2, 3]))
    answer = await post(filing, numbered)
    assert (answer.status_code, answer.json()["rule"]) == (422, "sheet-without-rows")
    assert await filing.feed.lab.one("SELECT count(*) FROM pending_rosters") == 0


def _troubles(made: Workbook, sheet: Worksheet) -> None:
    """One row of each kind from row 3 on; 8, 9, 12 and 15 are good."""
    rows: list[tuple[Any, Any]] = [
        (name(1), number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")),  # 3 check digit
        (name(2), int(number(2)[:17] + "0")),  # 4 digits are lost
        ("", number(3)),  # 5
        (name(4), ""),  # 6
        ("另一人", number(0)),  # 7 registered under another name
        (f"　{name(0)} ", number(0).replace("4", "４") + "  "),  # 8 good
        (name(5), number(5)),  # 9 good, not registered
        (name(5), number(5)),  # 10 twice
        (name(6), "=CONCATENATE(1,2)"),  # 11 formula
        (name(7), number(7).lower()),  # 12 good
        (name(8), number(8)),  # 13 merged with 14
        (name(9), number(9)),  # 14
        (name(10), f"'{number(10)}"),  # 15 good
        ("韦13877100001", number(11)),  # 16
        (name(12), "45010219901301001X"),  # 17 the 13th month
    ]
    for row, (who, what) in enumerate(rows, 2):
        sheet.write_string(row, 1, who)
        if isinstance(what, int):
            sheet.write_number(row, 3, what)
        elif what.startswith("="):
            sheet.write_formula(row, 3, what, None, number(6))
        else:
            sheet.write_string(row, 3, what)
    sheet.merge_range(12, 4, 13, 4, "广西大学")
    sheet.write_string(17, 1, name(13))
    sheet.write_string(17, 2, "工作证")
    sheet.write_string(17, 3, number(13))  # 18
    sheet.write_string(18, 1, "名" * (LONGEST_NAME + 1))
    sheet.write_string(18, 3, number(14))  # 19: longer than anybody may register with
    sheet.write_string(19, 4, "填表人")  # 20: nobody


async def test_bad_rows_are_listed_and_good_ones_kept_apart(filing: Filing) -> None:
    (person,) = await filing.known([(name(0), number(0))])
    base = filing.as_(filing.base)
    path = await filed(base)
    answer = await post(filing, book(_troubles), path)
    assert answer.status_code == 201, answer.text
    said = answer.json()
    reasons = {row["row"]: row["reason"] for row in said["bad"]}
    assert reasons == {
        3: "证件号码的校验位不正确",
        4: reading.NUMBER_NOT_TEXT,
        5: reading.NO_NAME,
        6: reading.NO_NUMBER,
        7: reading.OTHER_NAME,
        10: reading.TWICE.format(row=9),
        11: "第 4 列“身份证件号码”含有公式：请改为文本后重新填写",
        13: reading.MERGED,
        14: reading.MERGED,
        16: reading.NAME_NOT_TEXT,
        17: "证件号码中的出生日期不存在",
        18: reading.UNKNOWN_KIND,
        19: reading.NAME_NOT_TEXT,
    }
    assert (said["good"], said["registered"]) == (4, 1)
    assert (await base.get(f"{path}/rosters/{said['roster_id']}")).json() == said
    assert await filing.feed.lab.one("SELECT count(*) FROM events") == 1
    done = await base.post(f"{path}/rosters/{said['roster_id']}/confirmation")
    assert done.status_code == 200, done.text
    rows = (await base.get(f"{path}/roster")).json()["items"]
    assert [(row["row"], row["person_id"]) for row in rows] == [
        (8, str(person)),
        (9, None),
        (12, None),
        (15, None),
    ]
    gone = await base.get(f"{path}/rosters/{said['roster_id']}")
    assert gone.status_code == 404


async def test_a_confirmation_sent_twice_imports_once(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    said = (await post(filing, roster([(name(1), number(1))]), path)).json()
    to, key = f"{path}/rosters/{said['roster_id']}/confirmation", {"Idempotency-Key": "confirmed"}
    first, second = [await base.post(to, headers=key) for _ in range(2)]
    assert (first.json(), first.status_code) == (second.json(), 200)
    assert (await base.post(to)).status_code == 200
    assert await filing.feed.lab.one("SELECT count(*) FROM events WHERE type LIKE '%%Im%%'") == 1


async def test_only_the_last_roster_that_was_handed_in_can_be_confirmed(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    first = (await post(filing, roster([(name(1), number(1))]), path)).json()
    await post(filing, roster([(name(2), number(2))]), path)
    late = await base.post(f"{path}/rosters/{first['roster_id']}/confirmation")
    assert (late.status_code, late.json()["rule"]) == (404, "no-pending-roster")


async def test_the_same_sheet_under_the_same_key_is_one_roster(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path, key = await filed(base), {"Idempotency-Key": "one-roster"}
    sheets = [roster([(name(n), number(n))]) for n in (1, 1, 2)]
    answers = [
        await base.post(f"{path}/rosters", headers=key, files={"file": ("r.xlsx", s, EXCEL)})
        for s in (sheets[0], sheets[0], sheets[2])
    ]
    assert [a.status_code for a in answers] == [201, 201, 422]
    assert answers[0].json() == answers[1].json()
    assert answers[2].json()["rule"] == "key-reused"


async def test_five_thousand_rows_are_taken_in_chunks(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    await imported(base, path, roster((name(n), number(n)) for n in range(5000)))
    found = await filing.feed.lab.rows(
        "SELECT body::json->>'chunk', json_array_length(body::json->'rows'), octet_length(body) "
        "FROM events WHERE type LIKE '%%RosterImported' ORDER BY position"
    )
    assert [(chunk, rows) for chunk, rows, _ in found] == [(str(n), 1000) for n in range(1, 6)]
    assert max(size for _, _, size in found) < 256 * 1024
    assert (await base.get(path)).json()["roster_count"] == 5000


def _hundred_thousand() -> bytes:
    out = BytesIO()
    made = Workbook(out, {"constant_memory": True})
    sheet = made.add_worksheet("参训学员名单")
    sheet.write_row(1, 0, ["序号", "姓名", "证件类型", "身份证件号码"])
    for row in range(2, 100_002):
        sheet.write_string(row, 3, "1")
    made.close()
    return out.getvalue()


def _rewritten(change: Any) -> bytes:
    """A good roster with another sheet part."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(roster([(name(1), number(1))]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in good.infolist():
            content = good.read(info)
            if info.filename.endswith("sheet1.xml"):
                content = change(content)
            made.writestr(info.filename, content)
    return out.getvalue()


def _bomb() -> bytes:
    """100 MB of nothing in 100 KB."""
    return _rewritten(lambda sheet: sheet + b" " * 100_000_000)


def _lying_bomb() -> bytes:
    """The same, while its index says that it is small."""
    made = bytearray(_bomb())
    true = len(zipfile.ZipFile(BytesIO(made)).read("xl/worksheets/sheet1.xml"))
    size = struct.pack("<I", true)
    while (at := made.find(size)) >= 0:
        made[at : at + 4] = struct.pack("<I", 1000)
    return bytes(made)


def _far_cell(place: bytes) -> Any:
    row = place.strip(ascii_uppercase.encode())
    cell = b'<row r="' + row + b'"><c note=">" r="' + place + b'"><v>1</v></c></row></sheetData>'
    return lambda sheet: sheet.replace(b"</sheetData>", cell)


@pytest.mark.parametrize(
    ("content", "status", "rule"),
    [
        (_hundred_thousand, 413, "sheet-too-large"),
        (lambda: roster((name(n), number(n)) for n in range(5001)), 413, "sheet-too-large"),
        (_bomb, 413, "sheet-too-large"),
        (_lying_bomb, 422, "sheet-unreadable"),
        (lambda: _rewritten(_far_cell(b"A1048576")), 413, "sheet-too-large"),
        (lambda: _rewritten(_far_cell(b"XFD9")), 413, "sheet-too-large"),
        (
            lambda: _rewritten(lambda sheet: sheet.decode().encode("utf-16")),
            422,
            "sheet-unreadable",
        ),
        (lambda: _rewritten(lambda sheet: sheet[:200]), 422, "sheet-unreadable"),
        (lambda: b"PK\x03\x04 and nothing more", 422, "sheet-unreadable"),
        (lambda: b"%PDF-1.7 a scan", 422, "sheet-unreadable"),
        (lambda: b"", 422, "sheet-unreadable"),
        (lambda: bytes(5 * 1024 * 1024), 413, "sheet-too-large"),
        (lambda: book(lambda *_: None, ["序号", "名字", "电话"]), 422, "sheet-unreadable"),
    ],
)
async def test_what_is_no_roster_is_refused_whole(
    filing: Filing, content: Any, status: int, rule: str
) -> None:
    sheet = content()
    began = time.perf_counter()
    answer = await post(filing, sheet)
    assert (answer.status_code, answer.json()["rule"]) == (status, rule)
    assert answer.json()["remedy"]
    assert time.perf_counter() - began < 3
    assert await filing.feed.lab.one("SELECT count(*) FROM pending_rosters") == 0


async def test_a_request_without_a_file_is_refused(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    for answer in (
        await base.post(f"{path}/rosters", json={"file": "x"}),
        await base.post(f"{path}/rosters", files={"other": ("r.xlsx", b"x", EXCEL)}),
        await base.post(f"{path}/rosters", data={"file": "text"}),
        await base.post(
            f"{path}/rosters",
            content=b"--x\r\ngarbage",
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        ),
        await base.post(
            f"{path}/rosters",
            content=b"garbage",
            headers={"Content-Type": "multipart/form-data"},
        ),
    ):
        assert answer.status_code in (400, 422)
        assert answer.json()["rule"] == "body-invalid"
