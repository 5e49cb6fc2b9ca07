"""The cells of one sheet, read within limits: each in a place that can be and that it is told
to be in, or the sheet is refused."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, product
from string import ascii_uppercase

from libs.decider import Refused
from libs.runtime.documents.markup import ELSE, Attributes, Grammar, read_markup
from libs.runtime.documents.unpacking import TOO_LARGE, UNREADABLE
from libs.runtime.documents.values import Value, Values

MOST_COLUMNS = 50
TEXT: Grammar = {
    "si": frozenset({"t", "r", "rPh", "phoneticPr"}),
    "is": frozenset({"t", "r", "rPh", "phoneticPr"}),
    "r": frozenset({"t", "rPr"}),
    "t": frozenset(),
}
_GRAMMAR: Grammar = {
    "": frozenset({"worksheet"}),
    "worksheet": frozenset({"sheetData", "mergeCells", ELSE}),
    "sheetData": frozenset({"row"}),
    "row": frozenset({"c", "extLst"}),
    "c": frozenset({"f", "v", "is", "extLst"}),
    "f": frozenset(),
    "v": frozenset(),
    "mergeCells": frozenset({"mergeCell"}),
    "mergeCell": frozenset(),
    **TEXT,
}
_COLUMNS = {
    "".join(letters): number
    for number, letters in enumerate(
        (letters for size in (1, 2, 3) for letters in product(ascii_uppercase, repeat=size)), 1
    )
}
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_SPREADS = frozenset({"array", "dataTable"})  # formulas that other cells hold values of


@dataclass
class Page:
    """What stands on a sheet, rows and columns counted from 1: the cells of each row that has
    any, in order; where formulas are, and what they fill; the rows of merged cells."""

    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    formulas: dict[int, set[int]] = field(default_factory=dict)
    merged: list[range] = field(default_factory=list)

    def merged_rows(self) -> Sequence[bool]:
        """For each row up to the last, counted from 0, whether merged cells reach into it."""
        rows = max(self.rows, default=0)
        changes = [0] * (rows + 1)
        for merged in self.merged:
            if merged.start <= rows:
                changes[merged.start - 1] += 1
                changes[min(merged.stop - 1, rows)] -= 1
        return [depth > 0 for depth in accumulate(changes)]


def read_cells(pieces: Iterable[bytes], values: Values, most_rows: int) -> Page:
    """The sheet that this part is. Refused: UNREADABLE, TOO_LARGE."""
    reading = _Reading(values, most_rows)
    read_markup(
        pieces,
        _GRAMMAR,
        begin={
            "row": reading.row,
            "c": reading.cell,
            "f": reading.formula,
            "v": reading.content,
            "is": reading.content,
            "mergeCell": reading.merged,
        },
        end={"c": reading.cell_ends},
        text={"v": reading.typed.append, "t": reading.inline.append},
    )
    return reading.page


class _Reading:
    """Where in the sheet one is, and what of the cell was told so far."""

    def __init__(self, values: Values, most_rows: int) -> None:
        self.page = Page()
        self.typed: list[str] = []
        self.inline: list[str] = []
        self._values = values
        self._most_rows = most_rows
        self._left = most_rows * MOST_COLUMNS  # rows, cells, formulas and merged cells
        self._row, self._digits, self._column = 0, "0", 0
        self._kind = self._style = ""
        self._held = 0  # what the cell holds: nothing, or so many values

    def row(self, attributes: Attributes) -> None:
        self._more()
        digits = attributes.get("r") or str(self._row + 1)
        if not _ROW.fullmatch(digits) or int(digits) <= self._row:
            raise Refused(UNREADABLE)
        self._row, self._digits, self._column = int(digits), digits, 0

    def cell(self, attributes: Attributes) -> None:
        self._more()
        place = attributes.get("r")
        if place is None:
            column = self._column + 1
        elif place.endswith(self._digits):
            column = _COLUMNS.get(place[: -len(self._digits)], 0)
        else:
            column = 0
        if column <= self._column:
            raise Refused(UNREADABLE)
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._held = 0
        self.typed.clear()
        self.inline.clear()

    def content(self, _attributes: Attributes) -> None:
        self._can_be()
        self._held += 1

    def formula(self, attributes: Attributes) -> None:
        self._can_be()
        self.page.rows.setdefault(self._row, {})
        rows, columns = range(self._row, self._row + 1), range(self._column, self._column + 1)
        if attributes.get("t") in _SPREADS:
            rows, columns = _area(attributes, self._most_rows)
        self._more(len(rows) * len(columns))
        for row in rows:
            self.page.formulas.setdefault(row, set()).update(columns)

    def cell_ends(self) -> None:
        if not self._held:
            return
        told, other = self.typed, self.inline
        if self._kind == "inlineStr":
            told, other = other, told
        if self._held > 1 or other:
            raise Refused(UNREADABLE)
        if told:
            value = self._values.of(self._kind, self._style, "".join(told))
            self.page.rows.setdefault(self._row, {})[self._column] = value

    def merged(self, attributes: Attributes) -> None:
        self._more()
        rows, _columns = _area(attributes, self._most_rows)
        self.page.merged.append(rows)

    def _more(self, places: int = 1) -> None:
        self._left -= places
        if self._left < 0:
            raise Refused(TOO_LARGE)

    def _can_be(self) -> None:
        if self._row > self._most_rows or self._column > MOST_COLUMNS:
            raise Refused(TOO_LARGE)


def _area(attributes: Attributes, most_rows: int) -> tuple[range, range]:
    """The rows and columns of `ref`, as far as a sheet may reach."""
    found = _AREA.fullmatch(attributes.get("ref", ""))
    if found is None:
        raise Refused(UNREADABLE)
    left, first, right, last = found.groups()
    columns = range(_COLUMNS[left], _COLUMNS[right or left] + 1)
    rows = range(int(first), int(last or first) + 1)
    if not rows or not columns:
        raise Refused(UNREADABLE)
    return rows[:most_rows], columns[:MOST_COLUMNS]
