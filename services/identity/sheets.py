"""The sheet of people (人员导入表): handed out by us, read back with every bad row named.

Sizes are checked before anything is unpacked. A number that came as a number has lost digits.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from libs.decider import Kind, Refused, Rule
from libs.events.documents import DocumentKind
from services.identity.rules import sources

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 10_000
ABOVE = 2  # rows with the hint and the headings
SHEET = "人员"
KINDS = {kind.shown: kind for kind in DocumentKind}
HEADINGS = ("姓名", "证件类型", "证件号码", "手机号码", "邮箱", "部门")
_HINT = (
    "从第 3 行起填写，每行一人。证件号码、手机号码须为文本格式：以数字格式填写会丢失末位。"
    "证件类型不填为居民身份证；部门填写本单位已有部门的名称，可不填。"
)

SHEET_TOO_LARGE = Rule(
    "sheet-too-large",
    "表格过大",
    sources.REGISTRATION,
    "每次最多导入 10000 人、4 MB，请分次导入",
    Kind.OVERSIZED,
    "file",
)
SHEET_UNREADABLE = Rule(
    "sheet-unreadable",
    "不是本平台的人员导入表（.xlsx）",
    sources.REGISTRATION,
    "请下载模板，填写后原样导入",
    Kind.INVALID,
    "file",
)


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """A row as it was typed; `number_is_text` false: a number cell, whose digits are lost."""

    row: int
    name: str
    kind: str
    number: str
    mobile: str
    email: str
    department: str
    number_is_text: bool


def template() -> bytes:
    """An empty sheet to be filled in (人员导入模板)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, _HINT, wrapped)
    sheet.set_row(0, 48)
    sheet.write_row(1, 0, HEADINGS, book.add_format({"bold": True, "bottom": 1}))
    for column, width in enumerate((14, 24, 26, 18, 28, 24)):
        sheet.set_column(column, column, width, text)
    sheet.data_validation(2, 1, MOST_ROWS + 1, 1, {"validate": "list", "source": list(KINDS)})
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


def read(content: bytes) -> list[SheetRow]:
    """The rows that are not empty. Refused: SHEET_TOO_LARGE, SHEET_UNREADABLE."""
    if len(content) > MOST_BYTES:
        raise Refused(SHEET_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as unpacked:
            if sum(part.file_size for part in unpacked.infolist()) > MOST_UNPACKED:
                raise Refused(SHEET_TOO_LARGE)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.end is not None and sheet.end[0] + 1 > MOST_ROWS + ABOVE:
            raise Refused(SHEET_TOO_LARGE)
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, ValueError, OSError, IndexError):
        raise Refused(SHEET_UNREADABLE) from None
    if len(rows) < ABOVE or [_text(cell) for cell in rows[1][: len(HEADINGS)]] != list(HEADINGS):
        raise Refused(SHEET_UNREADABLE)
    return [
        _row(number, cells)
        for number, cells in enumerate(rows[ABOVE:], ABOVE + 1)
        if any(_text(cell) for cell in cells)
    ]


def _row(number: int, cells: Sequence[Any]) -> SheetRow:
    name, kind, document, mobile, email, department = cells[: len(HEADINGS)]
    return SheetRow(
        row=number,
        name=_text(name),
        kind=_text(kind),
        number=_text(document),
        mobile=_text(mobile),
        email=_text(email),
        department=_text(department),
        number_is_text=isinstance(document, str),
    )


def _text(cell: Any) -> str:
    """What was typed; a whole number without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
