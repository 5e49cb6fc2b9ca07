"""A sheet that we hand out says what every row needs, and what a filled-in row looks like."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from libs.decider import Refused
from libs.events.documents import DocumentKind
from libs.events.documents import read as document_of
from libs.policy.drafts import draft
from libs.runtime.documents.sheets import FORMULA_CELL, NO_ROWS, Column, Sheet
from services.exams import questions
from services.filing.sheets import sheet as roster
from services.hours.sheets.columns import sheet as hours
from services.identity import sheets as people

COLUMNS = (Column("姓名", required=True, sample="韦小明"), Column("部门", sample="信息学院"))
CLAIMS = hours(draft("gx-2024").entering("claim"))
TEMPLATES = {
    "people": people.template(),
    "roster": roster(5000).template(),
    "questions": questions.SHEET.template(),
    "hours": CLAIMS.template(),
}
SHEETS = {
    "people": people.read,
    "roster": roster(5000).read,
    "questions": questions.read,
    "hours": CLAIMS.read,
}
A_SCREEN, A_PAGE = 110, 190  # characters; a landscape A4 of so many is printed at two thirds


@pytest.mark.parametrize("which", TEMPLATES)
def test_each_template_explains_itself(which: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(TEMPLATES[which]))
    told = book.get_sheet_by_name("填写说明").to_python()
    lines = [str(row[0]) for row in told]
    assert any(line.startswith("必填：") for line in lines)
    headings, sample = told[-2:]
    filled = dict(zip(headings, sample, strict=True))
    required = next(line for line in lines if line.startswith("必填："))
    for needed in required.removeprefix("必填：").removesuffix("。").split("、"):
        assert filled[needed]
    for heading, said in filled.items():
        if "证件号码" in str(heading):
            assert document_of(DocumentKind.RESIDENT_ID, str(said))


@pytest.mark.parametrize("which", TEMPLATES)
def test_the_sample_row_is_not_on_the_sheet_that_is_read(which: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(TEMPLATES[which]))
    hint, headings = book.get_sheet_by_index(0).to_python()
    assert "红色表头为必填" in str(hint[0])
    assert all(headings)


@pytest.mark.parametrize("which", TEMPLATES)
def test_a_template_is_read_on_a_screen_and_on_a_page(which: str) -> None:
    """Its hint is wrapped within what is seen at once, in a row that is high enough."""
    with ZipFile(BytesIO(TEMPLATES[which])) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    widths = [
        float(width)
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', page)
        for _ in range(int(first), int(last) + 1)
    ]
    (last,) = re.findall(r'<mergeCell ref="A1:([A-Z])1"/>', page)
    (height,) = re.findall(r'<row r="1"[^>]* ht="([\d.]+)"', page)
    across = sum(widths[: ord(last) - ord("A") + 1])
    book = CalamineWorkbook.from_filelike(BytesIO(TEMPLATES[which]))
    hint = str(book.get_sheet_by_index(0).to_python()[0][0])
    assert across <= A_SCREEN + len(widths)  # each column is a little wider than it is said to be
    assert sum(widths) <= A_PAGE + len(widths)
    assert float(height) >= 16 * len(hint.encode("gbk", "replace")) / across


@pytest.mark.parametrize("which", TEMPLATES)
def test_a_template_that_nobody_filled_in_is_refused(which: str) -> None:
    with pytest.raises(Refused) as refused:
        SHEETS[which](TEMPLATES[which])
    assert refused.value.rule == NO_ROWS


def test_a_formula_is_named_by_its_column_where_the_column_is_read() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("名单")
    page.write_row(1, 0, ["姓名", "部门", "备注"])
    page.write_row(2, 0, ["韦小明", "=1+1", ""])
    page.write_row(3, 0, ["韦小明", "", "=1+1"])
    page.write_row(4, 3, ["=1+1"])
    book.close()
    columns = (*COLUMNS, Column("备注", unread=True))
    computed, unread = Sheet("名单", "", columns, 9).read(out.getvalue())
    assert computed.formula == FORMULA_CELL.because("第 2 列“部门”含有公式")
    assert unread.formula is None


@pytest.mark.parametrize(("whole", "told"), [(True, "须一次导入全部"), (False, "分成几个表")])
def test_what_replaces_the_former_is_never_sent_in_parts(whole: bool, told: str) -> None:
    """A second part would be all that stands."""
    content = Sheet("名单", "", COLUMNS, 3).template()
    with pytest.raises(Refused) as refused:
        Sheet("名单", "", COLUMNS, -1, whole=whole).read(content)
    assert refused.value.rule.code == "sheet-too-large"
    assert told in refused.value.rule.remedy
    assert ("分成" in refused.value.rule.remedy) is not whole
