"""A filled-in roster, row by row: what can be taken, and why the others can't.

Numbers are digested here and dropped; no row, reason or error repeats one.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from libs.decider import Kind, Refused, Rule
from libs.decider.refusals import HTTP
from libs.events.documents import (
    Document,
    DocumentKind,
    WrongDocument,
    digest_of,
    read,
)
from libs.events.numbers import has_personal_number
from services.filing.commands import BadRow
from services.filing.sheets.template import KIND, NAME, NUMBER, SHEET
from services.filing.sheets.unpacking import NOT_A_WORKBOOK, TOO_MANY_ROWS, Sheet, unpack

NO_HEAD = Rule(
    "not-our-template",
    "名单没有“姓名”和“身份证件号码”两列",
    HTTP,
    "请下载本平台的导入模板，按表头填写",
    Kind.INVALID,
    "file",
)

FORMULA = "含有公式：请改为文本"
MERGED = "有合并单元格：请取消合并"
NO_NAME = "姓名未填写"
NAME_NOT_TEXT = "姓名不是文本，或含有数字、过长"
NO_NUMBER = "身份证件号码未填写"
NUMBER_NOT_TEXT = "身份证件号码不是文本格式，末尾的数字可能已经丢失：请设为文本后重新填写"
UNKNOWN_KIND = "证件类型不在列表中"
TWICE = "与第 {row} 行的身份证件号码相同"
OTHER_NAME = "该身份证件号码登记的是另一姓名：请核对姓名，再核对号码；已更名的请本人先更正身份信息"

_HEAD_WITHIN = 10  # rows
_LONGEST_NAME = 60
_KINDS = {kind.shown: kind for kind in DocumentKind}
_BEGINS = {"8": DocumentKind.HMT_RESIDENCE, "9": DocumentKind.FOREIGN_RESIDENCE}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that reads well: it waits for what the directory says of its number."""

    row: int
    name: str
    digest: str

    def __repr__(self) -> str:
        return f"Line({self.row})"


@dataclass(frozen=True, slots=True)
class Read:
    """What a sheet says."""

    lines: Sequence[Line]
    bad: Sequence[BadRow]


class _Bad(Exception):
    """Why a row can't be taken."""


def read_roster(content: bytes, key: bytes, most_bytes: int, most_rows: int) -> Read:
    """Read it; to be called off the event loop. Refused: what is no roster as a whole."""
    sheet = unpack(content, SHEET, most_bytes, most_rows + _HEAD_WITHIN)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(sheet.workbook)) as book:
            cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise Refused(NOT_A_WORKBOOK) from None
    head, columns = _head(cells)
    merged = _merged_rows(sheet, len(cells))
    lines: list[Line] = []
    bad: list[BadRow] = []
    first: dict[str, int] = {}
    for row, values in enumerate(cells[head:], head + 1):
        said = {title: values[c] if c < len(values) else "" for title, c in columns.items()}
        formula = any((row, columns[title] + 1) in sheet.formulas for title in (NAME, NUMBER))
        if not formula and all(_is_empty(said[title]) for title in (NAME, NUMBER)):
            continue
        try:
            if formula or merged[row]:
                raise _Bad(FORMULA if formula else MERGED)
            line = Line(row, _name(said[NAME]), digest_of(_document(said), key))
            if line.digest in first:
                raise _Bad(TWICE.format(row=first[line.digest]))
            first[line.digest] = row
            lines.append(line)
        except _Bad as reason:
            bad.append(BadRow(row=row, reason=str(reason)))
    if len(lines) + len(bad) > most_rows:
        raise Refused(TOO_MANY_ROWS)
    return Read(lines, bad)


def _head(cells: Sequence[Sequence[Any]]) -> tuple[int, Mapping[str, int]]:
    """How many rows come before the first attendee, and where the columns are."""
    for row, values in enumerate(cells[:_HEAD_WITHIN], 1):
        titles = {_plain(v): n for n, v in reversed(list(enumerate(values))) if isinstance(v, str)}
        if NAME in titles and NUMBER in titles:
            return row, {t: titles[t] for t in (NAME, KIND, NUMBER) if t in titles}
    raise Refused(NO_HEAD)


def _merged_rows(sheet: Sheet, rows: int) -> Sequence[bool]:
    """For each row, counted from 1, whether merged cells reach into it."""
    changes = [0] * (rows + 2)
    for first, last in sheet.merged:
        if first <= rows:
            changes[first] += 1
            changes[min(last, rows) + 1] -= 1
    found, depth = [], 0
    for change in changes:
        depth += change
        found.append(depth > 0)
    return found


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not _plain(value))


def _plain(text: str) -> str:
    """One width, no space around, nothing invisible."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable())
    return visible.strip().lstrip("'’")


def _name(value: Any) -> str:
    if _is_empty(value):
        raise _Bad(NO_NAME)
    if not isinstance(value, str):
        raise _Bad(NAME_NOT_TEXT)
    name = _plain(value)
    digits = any(c.isdigit() for c in name)
    if digits or len(name) > _LONGEST_NAME or has_personal_number(name):
        raise _Bad(NAME_NOT_TEXT)
    return name


def _document(said: Mapping[str, Any]) -> Document:
    value = said[NUMBER]
    if _is_empty(value):
        raise _Bad(NO_NUMBER)
    if not isinstance(value, str):
        raise _Bad(NUMBER_NOT_TEXT)
    number = _plain(value)
    try:
        return read(_kind(said.get(KIND), number), number)
    except WrongDocument as wrong:
        raise _Bad(wrong.problem.shown) from None


def _kind(value: Any, number: str) -> DocumentKind:
    """The kind that is named, or the one that a number of 18 shows by itself."""
    if _is_empty(value):
        return _BEGINS.get(number[:1], DocumentKind.RESIDENT_ID)
    kind = _KINDS.get(_plain(value)) if isinstance(value, str) else None
    if kind is None:
        raise _Bad(UNKNOWN_KIND)
    return kind
