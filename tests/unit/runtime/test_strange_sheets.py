"""What is hidden in a workbook's markup is found as it is meant, or the sheet is refused."""

import pytest

from libs.decider import Refused
from libs.runtime.documents.sheets import FORMULA_CELL
from tests.unit.runtime.workbooks import GOOD, LISTED, SHEET, book, page

TEXT = 't="inlineStr"><is><t>x</t></is></c>'
FAR = page(f'{GOOD}<row r="9999"><c r="A9999" {TEXT}</row>')


def row(cells: str, named: str = "4") -> str:
    return page(f'{GOOD}<row r="{named}">{cells}</row>')


def other(attributes: str) -> bytes:
    """The sheet that is listed holds too much, the other one doesn't."""
    return book(FAR, listed=LISTED.replace(" r:id=", f" {attributes} r:id="))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (book(FAR), "sheet-too-large"),
        (book(row(f'<c z:r="A4" r="ZZ4" {TEXT}')), "sheet-too-large"),
        (book(row(f'<c x=\'r="A4"\' r="ZZ4" {TEXT}')), "sheet-too-large"),
        (book(row(f"<c {TEXT}", "0000009999")), "sheet-unreadable"),
        (book(row(f"<c {TEXT}", "4294967295")), "sheet-unreadable"),
        (book(FAR, listed=f"<!-- {LISTED.replace('rId1', 'rId2')} -->{LISTED}"), "sheet-too-large"),
        (other('z:id="rId2"'), "sheet-too-large"),
        (book(page(after="<a/>" * 1_000_000)), "sheet-too-large"),
    ],
    ids=["plain", "z:r", "x='r='", "zeros", "ten digits", "comment", "z:id", "filled up"],
)
def test_what_is_too_much_is_seen_however_it_is_hidden(content: bytes, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        SHEET.read(content)
    assert refused.value.rule.code == rule


@pytest.mark.parametrize("hiding", ["", 'z:r="E4" '])
def test_a_formula_is_found_in_its_own_column(hiding: str) -> None:
    computed = f'<c r="A4" {TEXT}<c {hiding}r="B4" t="str"><f>A1</f><v>信息学院</v></c>'
    _, bad = SHEET.read(book(row(computed)))
    assert bad.formula == FORMULA_CELL.because("第 2 列“部门”含有公式")


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_what_a_formula_fills_beside_itself_was_not_typed_either(kind: str) -> None:
    """The other cells of an array hold its values, and no formula."""
    first = f'<c r="A4" t="str"><f t="{kind}" ref="A4:B5">D1:E2</f><v>x</v></c>'
    filled = f'<row r="4">{first}</row><row r="5"><c r="B5" {TEXT}</row>'
    typed, computed, spread = SHEET.read(book(page(GOOD + filled)))
    assert typed.formula is None
    assert computed.formula == spread.formula == FORMULA_CELL.because("第 1 列“姓名”含有公式")


def test_what_formulas_fill_counts_as_cells() -> None:
    many = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="array" ref="A1:XFD1048576"/></c></row>'
        for n in range(4, 7)
    )
    with pytest.raises(Refused) as refused:
        SHEET.read(book(page(GOOD + many)))
    assert refused.value.rule.code == "sheet-too-large"


@pytest.mark.parametrize("hiding", ["", 'z:ref="A1:A1" '])
def test_merged_cells_are_found_in_their_own_rows(hiding: str) -> None:
    merged = f'<mergeCells><mergeCell {hiding}ref="A3:B3"/></mergeCells>'
    rows = SHEET.read(book(page(f'{GOOD}<row r="4"><c r="A4" {TEXT}</row>', merged)))
    assert [found.merged for found in rows] == [True, False]


@pytest.mark.parametrize(
    "part",
    [
        row(f'<c r="A5" {TEXT}'),
        row(f'<c r="a4" {TEXT}'),
        row(f'<c r="A" {TEXT}'),
        row(f'<c r="B4" {TEXT}<c r="A4" {TEXT}'),
        row(f'<c r="A4" {TEXT}<c r="A4" {TEXT}'),
        row(f"<c {TEXT}", "3"),
        row(f"<c {TEXT}", "-1"),
        row(f"<c {TEXT}", "4.0"),
        row(f'<z:c r="A4" {TEXT}'.replace("</c>", "</z:c>")),
        row('<c r="A4"><z:v>1</z:v></c>'),
        row('<c r="A4"><v>1</v><v>2</v></c>'),
        row('<c r="A4"><v>1<z:x>2</z:x></v></c>'),
        row('<c r="A4"><v>0x10</v></c>'),
        row('<c r="A4"><v>1_0</v></c>'),
        row('<c r="A4"><v>NaN</v></c>'),
        row('<c r="A4" t="s"><v>2</v></c>'),
        row('<c r="A4" t="s"><v>-1</v></c>'),
        row('<c r="A4" t="z"><v>1</v></c>'),
        row('<c r="A4" t="d"><v>yesterday</v></c>'),
        row('<c r="A4"><is><t>1</t></is></c>'),
        row('<c r="A4" q:r="B4"/>'),
        row('<c r="A4" r="B4"/>'),
        page(after='<mergeCells><mergeCell ref="A3:B0"/></mergeCells>'),
        page(after='<mergeCells><mergeCell ref="A5:A3"/></mergeCells>'),
        page(after="<a>" * 40 + "</a>" * 40),
        f'<!DOCTYPE worksheet [<!ENTITY e "x">]>{page()}',
        page().replace(" xmlns=", " xmlns:y="),
        page().replace("worksheet", "chartsheet"),
        page().removesuffix("</worksheet>"),
    ],
)
def test_what_cannot_be_meant_is_refused(part: str) -> None:
    with pytest.raises(Refused) as refused:
        SHEET.read(book(part))
    assert refused.value.rule.code == "sheet-unreadable"


@pytest.mark.parametrize(
    "listed",
    [
        LISTED * 2,
        LISTED.replace("rId1", "rId3"),
        LISTED.replace("r:id", "id"),
        LISTED.replace("<sheet", "<z:sheet"),
        "",
    ],
)
def test_a_sheet_that_is_not_told_plainly_is_refused(listed: str) -> None:
    with pytest.raises(Refused) as refused:
        SHEET.read(book(page(), listed=listed))
    assert refused.value.rule.code == "sheet-unreadable"
