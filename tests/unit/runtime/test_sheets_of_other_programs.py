"""Sheets as Excel, WPS, LibreOffice and openpyxl write them are read, whatever their markup."""

import pytest

from tests.unit.runtime.workbooks import GOOD, MAIN, OFFICE, SHEET, STRINGS, book, page

FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.00&quot;md&quot;\\d_y"/></numFmts>'
)
XFS = "".join(f'<xf numFmtId="{n}"><alignment/></xf>' for n in (0, 14, 31, 164, 165, 20))
STYLES = f'{FORMATS}<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{XFS}</cellXfs>'


def said(cell: str, **parts: str) -> tuple[str, bool]:
    """What is read of a cell in A3, and whether it is text."""
    (found,) = SHEET.read(book(page(f'<row r="3">{cell}</row>'), styles=STYLES, **parts))
    return found.cells[0], found.is_text(0)


@pytest.mark.parametrize(
    ("cell", "read", "text"),
    [
        ('<c r="A3" t="s"><v>2</v></c>', "韦小明", True),
        ('<c r="A3" t="inlineStr"><is><r><rPr><b/></rPr><t>韦</t></r></is></c>', "韦", True),
        ('<c r="A3" t="str"><v>&lt;韦&gt;_x000D_&#10;明</v></c>', "<韦>\r\n明", True),
        ('<c r="A3" t="str"><v>_x0000_</v></c>', "_x0000_", True),
        ("<c><v>5</v></c>", "5", False),
        ('<c r="A3" t="n"><v>1.5E1</v></c>', "15", False),
        ('<c r="A3"><v>0.5</v></c>', "0.5", False),
        ('<c r="A3" t="b"><v>1</v></c>', "True", False),
        ('<c r="A3" s="1"><v>45292</v></c>', "2024-01-01", True),
        ('<c r="A3" s="2"><v>45292.75</v></c>', "2024-01-01", True),
        ('<c r="A3" s="3"><v>59</v></c>', "1900-02-28", True),
        ('<c r="A3" s="4"><v>45292</v></c>', "45292", False),
        ('<c r="A3" s="5"><v>0.354166666666667</v></c>', "08:30:00", True),
        ('<c r="A3" s="1"><v>1e30</v></c>', str(int(1e30)), False),
        ('<c r="A3" s="1"><v>-5</v></c>', "-5", False),
        ('<c r="A3" t="d"><v>2024-01-02T00:00:00</v></c>', "2024-01-02", True),
    ],
)
def test_each_kind_of_cell_is_read_as_it_was_typed(cell: str, read: str, text: bool) -> None:
    rich = "<si><r><t>韦</t></r><r><t>小明</t></r><rPh sb='0' eb='1'><t>wei</t></rPh></si>"
    assert said(cell, strings=STRINGS + rich) == (read, text)


def test_a_workbook_may_count_its_days_from_1904() -> None:
    cell = '<c r="A3" s="1"><v>43830</v></c>'
    assert said(cell, settings='<workbookPr date1904="1"/>') == ("2024-01-01", True)


def test_cells_that_hold_nothing_may_stand_anywhere() -> None:
    empty = '<row r="4"><c r="XFD4" s="1"/></row><row r="1048576"><c r="A1048576"/></row>'
    (found,) = SHEET.read(book(page(GOOD + empty)))
    assert (found.number, found.cells) == (3, ("韦小明", ""))


def test_a_prefix_is_no_matter_and_the_strict_format_is_read() -> None:
    """The namespace says what is meant, and there are two for it."""
    strict = page().replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    prefixed = page().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    for part in (strict, prefixed):
        assert [found.cells for found in SHEET.read(book(part))] == [("韦小明", "")]


def test_what_else_stands_in_a_sheet_is_passed_over() -> None:
    around = f'<cols><col min="1"/></cols><z:x xmlns:z="{OFFICE}"><row r="99999"/></z:x>'
    part = page().replace("<sheetData>", f"{around}<sheetData>")
    told = part.replace('<row r="3"', '<row r="3" z:dyDescent="0.25" spans="1:2"')
    assert len(SHEET.read(book(told))) == 1
