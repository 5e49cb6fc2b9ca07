"""Excel sheets (导入表): handed out by us as templates, read back row by row.

What is handed in is unpacked within limits and read by a strict reader of our own
(decisions/0132). Read off the event loop: `asyncio.to_thread`.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import accumulate
from typing import Any

import xlsxwriter

from libs.decider import Kind, Refused, Rule, conventions
from libs.runtime.documents.unpacking import MOST_BYTES, TOO_LARGE, UNREADABLE
from libs.runtime.documents.values import Value
from libs.runtime.documents.workbook import read_page

__all__ = [
    "FORMULA_CELL",
    "MOST_BYTES",
    "NO_ROWS",
    "NUMBER_CELL",
    "TOO_LARGE",
    "UNREADABLE",
    "XLSX",
    "Column",
    "Sheet",
    "SheetRow",
]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD_ROWS = 2  # the hint and the headings
_REQUIRED = "红色表头为必填。"
_LINE, _A4, _MARGIN = 18, 9, 0.4  # points; the paper's number in the file format; inches
_IN_VIEW = 110  # characters that a screen shows, and a landscape page at nearly its own size

NUMBER_CELL = Rule(
    "number-cell",
    "证件号码单元格是数字格式，末位可能已丢失",
    conventions.SHEETS,
    "请将证件号码列设为文本格式后重新填写该号码",
    Kind.INVALID,
    "number",
)
FORMULA_CELL = Rule(
    "formula-cell",
    "单元格含有公式",
    conventions.SHEETS,
    "请改为文本后重新填写",
    Kind.INVALID,
)
NO_ROWS = Rule(
    "sheet-without-rows",
    "表中没有数据行",
    conventions.SHEETS,
    "请在模板的第一张工作表中从第 3 行起填写，保存后再导入",
    Kind.INVALID,
    "file",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, what may be chosen in it, whether every
    row needs it, what it looks like filled in; `unread`: it is for those who fill it in."""

    heading: str
    width: int = 16
    choices: tuple[str, ...] = ()
    required: bool = False
    sample: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """A row as it was typed. `numeric`: the columns of number cells, whose digits may be lost;
    `formula`: why it isn't taken, where something that is read was computed; `merged`: a merged
    cell reaches into it."""

    number: int
    cells: tuple[str, ...]
    numeric: frozenset[int]
    formula: Rule | None = None
    merged: bool = False

    def is_text(self, column: int) -> bool:
        """Whether it stands there as it was typed: no number cell."""
        return column not in self.numeric


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of ours: what it is called, what stands above, its columns, how long it may be;
    notes stand on a sheet of their own. `whole`: what is read replaces what was read before, so
    that it can't come in parts."""

    title: str
    hint: str
    columns: tuple[Column, ...]
    most_rows: int
    notes: tuple[str, ...] = ()
    whole: bool = False

    @property
    def too_large(self) -> Rule:
        """What is told who hands in more rows than these."""
        if self.whole:
            return TOO_LARGE.remedied(
                f"须一次导入全部，至多 {self.most_rows} 行，再次导入会替换先前的内容："
                "请删去空行和表外的内容；确有更多的，请联系客服后再导入"
            )
        return TOO_LARGE.remedied(f"请分成几个表导入，每个至多 {self.most_rows} 行")

    @property
    def required(self) -> tuple[str, ...]:
        """The headings of what every row needs."""
        return tuple(column.heading for column in self.columns if column.required)

    @property
    def headings(self) -> tuple[str, ...]:
        """The second row."""
        return tuple(column.heading for column in self.columns)

    def template(self) -> bytes:
        """The empty sheet; every cell is text, so that no digit is lost."""
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(self.title)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        hint = f"{self.hint}{_REQUIRED if self.required else ''}每次至多 {self.most_rows} 行。"
        across, width = self._in_view
        sheet.merge_range(0, 0, 0, across - 1, hint, wrapped)
        sheet.set_row(0, _LINE * math.ceil(2 * len(hint) / width))
        free = book.add_format({"bold": True, "bottom": 1})
        needed = book.add_format({"bold": True, "bottom": 1, "font_color": "#C00000"})
        for n, column in enumerate(self.columns):
            sheet.write(1, n, column.heading, needed if column.required else free)
            sheet.set_column(n, n, column.width, text)
            if column.choices:
                chosen = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(HEAD_ROWS, n, HEAD_ROWS + self.most_rows, n, chosen)
        sheet.freeze_panes(HEAD_ROWS, 0)
        sheet.repeat_rows(HEAD_ROWS - 1)
        for page in (sheet, self._explained(book, text)):
            page.set_landscape()
            page.set_paper(_A4)
            page.set_margins(left=_MARGIN, right=_MARGIN)
            page.fit_to_pages(1, 0)
        book.close()
        return out.getvalue()

    @property
    def _in_view(self) -> tuple[int, int]:
        """How many columns are seen at once, at least two, and how wide they are together."""
        widths = list(accumulate(column.width for column in self.columns))
        across = max(2, sum(width <= _IN_VIEW for width in widths))
        return across, widths[across - 1]

    def _explained(self, book: Any, text: Any) -> Any:
        """填写说明, with a row filled in: never on the sheet that is read."""
        page = book.add_worksheet("填写说明")
        told = [*(self.notes or (f"{said}。" for said in self.hint.split("。") if said))]
        told += [f"必填：{'、'.join(self.required)}。"] if self.required else []
        page.write_column(0, 0, told)
        if any(column.sample for column in self.columns):
            below = len(told) + 1
            page.write(below, 0, "示例（本页不导入）：")
            page.write_row(below + 1, 0, self.headings, book.add_format({"bold": True}))
            page.write_row(below + 2, 0, [column.sample for column in self.columns], text)
        for n, column in enumerate(self.columns):
            page.set_column(n, n, column.width)
        return page

    def read(self, content: bytes) -> list[SheetRow]:
        """The rows that are not empty. Refused: TOO_LARGE, UNREADABLE, NO_ROWS."""
        try:
            page = read_page(content, self.title, self.most_rows + HEAD_ROWS)
        except Refused as refused:
            raise Refused(self.too_large if refused.rule == TOO_LARGE else refused.rule) from None
        if self._said(page.rows.get(HEAD_ROWS, {})) != self.headings:
            raise Refused(UNREADABLE)
        merged = page.merged_rows()
        found = (
            self._row(n, cells, self._formula(page.formulas.get(n, ())), merged[n - 1])
            for n, cells in page.rows.items()
            if n > HEAD_ROWS
        )
        filled = [row for row in found if any(row.cells) or row.formula]
        if not filled:
            raise Refused(NO_ROWS)
        return filled

    def _formula(self, computed: Collection[int]) -> Rule | None:
        """The first column that is read and was computed: what it shows is not what was typed."""
        for n, column in enumerate(self.columns, 1):
            if n in computed and not column.unread:
                return FORMULA_CELL.because(f"第 {n} 列“{column.heading}”含有公式")
        return None

    def _row(
        self, number: int, cells: Mapping[int, Value], formula: Rule | None, merged: bool
    ) -> SheetRow:
        numeric = frozenset(n - 1 for n, cell in cells.items() if isinstance(cell, float | int))
        return SheetRow(number, self._said(cells), numeric, formula, merged)

    def _said(self, cells: Mapping[int, Value]) -> tuple[str, ...]:
        """What stands in each column of a row."""
        return tuple(_text(cells.get(n, "")) for n in range(1, len(self.columns) + 1))


def _text(cell: Value) -> str:
    """What was typed; a whole number without its decimals, a date as a date."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)
