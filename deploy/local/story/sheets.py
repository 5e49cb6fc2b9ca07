"""A sheet that a service hands out, filled in as a person does it: all else stays as it is.

The workbook's one part is written into: no library at hand opens a workbook and keeps its look.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

Cell = str | float
_PAGE = "xl/worksheets/sheet1.xml"
_END = "</sheetData>"
_STYLE = re.compile(r'<col min="(\d+)" max="(\d+)" [^>]*\bstyle="(\d+)"')


def filled(template: bytes, rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """The template with these rows below its headings: what is said under which heading."""
    book = CalamineWorkbook.from_filelike(BytesIO(template))
    head = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    headings = [str(heading) for heading in head[-1]]
    out = BytesIO()
    with ZipFile(BytesIO(template)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _with(part, headings, len(head), rows) if name == _PAGE else part)
    return out.getvalue()


def _with(
    part: bytes, headings: Sequence[str], above: int, rows: Iterable[Mapping[str, Cell]]
) -> bytes:
    page = part.decode()
    styles = {
        column: style
        for first, last, style in _STYLE.findall(page)
        for column in range(int(first) - 1, int(last))
    }
    lines = [
        f'<row r="{n}">{"".join(_cells(n, headings, styles, row))}</row>'
        for n, row in enumerate(rows, above + 1)
    ]
    return page.replace(_END, "".join(lines) + _END).encode()


def _cells(
    n: int, headings: Sequence[str], styles: Mapping[int, str], row: Mapping[str, Cell]
) -> Iterable[str]:
    """Each in its column's own format."""
    for column, heading in enumerate(headings):
        if (said := row.get(heading)) is None:
            continue
        place = f'r="{chr(ord("A") + column)}{n}" s="{styles.get(column, "0")}"'
        if isinstance(said, str):
            yield f'<c {place} t="inlineStr"><is><t>{escape(said)}</t></is></c>'
        else:
            yield f"<c {place}><v>{said!r}</v></c>"
