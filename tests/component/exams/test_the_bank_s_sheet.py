"""题库导入: a sheet that the service hands out comes back filled in."""

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import httpx
import xlsxwriter
from python_calamine import CalamineWorkbook

from libs.events.envelope import Actor
from libs.runtime.documents.sheets import MOST_BYTES
from services.exams.questions import SHEET
from tests.component.exams.conftest import PROVINCE, Exams, courses

HEADINGS = SHEET.headings
COURSE = {k: v for k, v in courses()[0].items() if k != "questions"} | {"paper_size": 3}
GOOD: list[list[Any]] = [
    ["单选题", "一加一等于几？", "一", "二", "三", "", "", "", "", "", "B", 4],
    ["多选题", "哪些是偶数？", "二", "三", "四", "", "", "", "", "", "A、C", ""],
    ["判断题", "一大于二。", "", "", "", "", "", "", "", "", "错误", 3],
]


def sheet(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A filled-in sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("题库")
    page.write(0, 0, "hint")
    for number, cells in enumerate([headings, *rows], 1):
        page.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


async def sent(
    client: httpx.AsyncClient, content: bytes, course: str | None = None, key: str = ""
) -> httpx.Response:
    """The course with this sheet."""
    words = {"course": json.dumps(COURSE) if course is None else course}
    headers = {"Idempotency-Key": key} if key else {}
    files = {"file": ("q.xlsx", content)}
    return await client.post("/courses/import", data=words, files=files, headers=headers)


async def test_the_sheet_that_we_hand_out_comes_back_as_a_bank(exams: Exams) -> None:
    province = exams.as_(PROVINCE)
    blank = (await province.get("/courses/import/template")).content
    rows = CalamineWorkbook.from_filelike(BytesIO(blank)).get_sheet_by_index(0).to_python()
    assert tuple(rows[1]) == HEADINGS
    answer = await sent(province, sheet(GOOD))
    assert answer.status_code == 201, answer.text
    kept = "SELECT kind, right_letters, marks FROM questions ORDER BY number"
    assert await exams.feed.lab.rows(kept) == [
        ("single", "B", 4),
        ("multiple", "AC", 1),
        ("judgement", "B", 3),
    ]


async def test_a_repeat_is_known_whatever_its_boundary(exams: Exams) -> None:
    province, filled = exams.as_(PROVINCE), sheet(GOOD)
    first, again = [await sent(province, filled, key="one-click-only") for _ in range(2)]
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    other = await sent(province, sheet(GOOD[:2]), key="one-click-only")
    assert (other.status_code, other.json()["rule"]) == (422, "key-reused")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    broken = await province.post("/courses/import", content=b"--x\r\nno", headers=headers)
    assert (broken.status_code, broken.json()["rule"]) == (422, "sheet-unreadable")
    assert await exams.feed.lab.one("SELECT count(*) FROM courses") == 1


async def test_bad_rows_are_named_and_nothing_is_taken(exams: Exams, learner: Actor) -> None:
    province = exams.as_(PROVINCE)
    bad: list[list[Any]] = [
        GOOD[0],
        ["填空题", *GOOD[0][1:]],
        [*GOOD[0][:-2], "D", 4],
        [*GOOD[0][:-1], 4.5],
        ["单选题", "", *GOOD[0][2:]],
        ["单选题", "有空选项", "一", "", "三", *GOOD[0][5:]],
        ["单选题", "=1+1", *GOOD[0][2:]],
    ]
    refused = await sent(province, sheet(bad))
    assert (refused.status_code, refused.json()["rule"]) == (422, "bank-rows-bad")
    for row, why in {
        4: "题型",
        5: "正确答案",
        6: "分值",
        7: "题干",
        8: "选项",
        9: "第 2 列",
    }.items():
        assert f"第 {row} 行：{why}" in refused.json()["detail"]
    assert "第 3 行" not in refused.json()["detail"]
    for content, rule in (
        (b"not a sheet", "sheet-unreadable"),
        (sheet(GOOD, HEADINGS[1:]), "sheet-unreadable"),
        (sheet([]), "sheet-without-rows"),
        (b"x" * (MOST_BYTES + 1), "sheet-too-large"),
        (sheet([GOOD[0]] * 2001), "sheet-too-large"),
    ):
        answer = await sent(province, content)
        assert answer.json().get("rule") == rule, answer.text
    for course, why in (
        ("{}", "课程的政策辖区（course.jurisdiction）：未填写"),
        ("no json", "课程（course）：不是有效的 JSON"),
        (json.dumps(COURSE | {"paper_size": 4}), "请"),
    ):
        answer = await sent(province, sheet(GOOD), course)
        assert answer.status_code == 422
        assert why in answer.json()["detail"]
    assert (await sent(exams.as_(learner), sheet(GOOD))).status_code == 403
    assert await exams.feed.lab.one("SELECT count(*) FROM questions") == 0
