"""Excel sheets (导入表): handed out by us as templates, read back row by row.

Sizes are checked before anything is unpacked. Parse off the event loop: `asyncio.to_thread`.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from libs.decider import Kind, Refused, Rule
from libs.decider.refusals import HTTP

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
HEAD_ROWS = 2  # the hint and the headings

TOO_LARGE = Rule(
    "sheet-too-large",
    "表格过大",
    HTTP,
    "请分次导入，每次不超过模板所注行数",
    Kind.OVERSIZED,
    "file",
)
UNREADABLE = Rule(
    "sheet-unreadable",
    "不是本平台的导入表（.xlsx）",
    HTTP,
    "请下载模板，填写后原样导入",
    Kind.INVALID,
    "file",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what may be chosen in it."""

    heading: str
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """A row as it was typed. `numeric`: the columns of number cells, whose digits may be lost."""

    number: int
    cells: tuple[str, ...]
    numeric: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of ours: what it is called, what stands above, its columns, how long it may be."""

    title: str
    hint: str
    columns: tuple[Column, ...]
    most_rows: int

    @property
    def headings(self) -> tuple[str, ...]:
        """The second row."""
        return tuple(column.heading for column in self.columns)

    def template(self) -> bytes:
        """The empty sheet; every cell is text, so that no digit is lost."""
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(self.title)
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        hint = f"{self.hint}每次至多 {self.most_rows} 行。"
        sheet.merge_range(0, 0, 0, len(self.columns) - 1, hint, wrapped)
        sheet.set_row(0, 64)
        sheet.write_row(1, 0, self.headings, book.add_format({"bold": True, "bottom": 1}))
        for n, column in enumerate(self.columns):
            sheet.set_column(n, n, column.width, text)
            if column.choices:
                chosen = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(HEAD_ROWS, n, HEAD_ROWS + self.most_rows, n, chosen)
        sheet.freeze_panes(HEAD_ROWS, 0)
        book.close()
        return out.getvalue()

    def read(self, content: bytes) -> list[SheetRow]:
        """The rows that are not empty. Refused: TOO_LARGE, UNREADABLE."""
        rows = self._cells(content)
        head = [_text(cell) for cell in rows[1]] if len(rows) >= HEAD_ROWS else []
        if head[: len(self.columns)] != list(self.headings):
            raise Refused(UNREADABLE)
        found = (self._row(n, cells) for n, cells in enumerate(rows[HEAD_ROWS:], HEAD_ROWS + 1))
        return [row for row in found if any(row.cells)]

    def _cells(self, content: bytes) -> list[list[Any]]:
        if len(content) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        try:
            with zipfile.ZipFile(BytesIO(content)) as unpacked:
                if sum(part.file_size for part in unpacked.infolist()) > MOST_UNPACKED:
                    raise Refused(TOO_LARGE)
            sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
            if sheet.total_height > self.most_rows + HEAD_ROWS:
                raise Refused(TOO_LARGE)
            return sheet.to_python(skip_empty_area=False)
        except (zipfile.BadZipFile, CalamineError, ValueError, OSError, IndexError):
            raise Refused(UNREADABLE) from None

    def _row(self, number: int, cells: Sequence[Any]) -> SheetRow:
        wanted = cells[: len(self.columns)]
        numeric = frozenset(n for n, cell in enumerate(wanted) if isinstance(cell, float | int))
        return SheetRow(number, tuple(_text(cell) for cell in wanted), numeric)


def _text(cell: Any) -> str:
    """What was typed; a whole number without its decimals, a date as a date."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
