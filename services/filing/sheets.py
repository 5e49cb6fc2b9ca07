"""参训学员名单 as an Excel sheet: the template, and what can be taken of a filled-in one.

Numbers are digested here and dropped; no row, reason or error repeats one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from libs.decider import Refused
from libs.events.documents import (
    BY_TERM,
    LONGEST_NAME,
    Document,
    DocumentKind,
    WrongDocument,
    digest_of,
    read,
)
from libs.runtime.documents.sheets import NO_ROWS, Column, Sheet, SheetRow
from services.filing.commands import BadRow

_ORDER, NAME, KIND, NUMBER, _UNIT = range(5)

MERGED = "有合并单元格：请取消合并"
NO_NAME = "姓名未填写"
NAME_NOT_TEXT = "姓名不是文本，或含有数字、过长"
NO_NUMBER = "身份证件号码未填写"
NUMBER_NOT_TEXT = "身份证件号码不是文本格式，末尾的数字可能已经丢失：请设为文本后重新填写"
UNKNOWN_KIND = "证件类型不在列表中"
TWICE = "与第 {row} 行的身份证件号码相同"
OTHER_NAME = "该身份证件号码登记的是另一姓名：请核对姓名，再核对号码；已更名的请本人先更正身份信息"

_BEGINS = {"8": DocumentKind.HMT_RESIDENCE, "9": DocumentKind.FOREIGN_RESIDENCE}
_NOTES = (
    "一、每行一人，从第三行起填写；请勿改动表头，请勿合并单元格，请勿使用公式。",
    "二、身份证件号码须为文本格式（本模板已设好）。数字格式会丢失号码末尾的数字，该行不予导入。",
    "三、证件类型不填即为居民身份证；其他证件请在下拉列表中选择。",
    "四、姓名须与本人在平台登记的姓名一致；号码登记在他人姓名下的行不予导入。",
    "五、尚未注册的人员可以导入，本人注册后学时自动计入。",
    "六、号码核对后即不再保存；不能导入的行按行号列出原因，其余的行经确认后导入。",
    "七、全部学员须在一个表内一次导入：确认导入的名单整体替换先前的名单；申请学时认定后不能再改。",
)


def sheet(most_rows: int) -> Sheet:
    """名单导入模板, for rosters of at most so many rows; every cell is text."""
    return Sheet(
        "参训学员名单",
        "从第 3 行起填写，每行一人。身份证件号码须为文本格式。填写要求见“填写说明”。",
        (
            Column("序号", 8, sample="1", unread=True),
            Column("姓名", 16, required=True, sample="韦小明"),
            Column("证件类型", 22, tuple(BY_TERM), sample="居民身份证"),
            Column("身份证件号码", 26, required=True, sample="450102200001010015"),
            Column("工作单位", 36, sample="广西示例大学", unread=True),
        ),
        most_rows,
        _NOTES,
        whole=True,
    )


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


def read_roster(rows: Iterable[SheetRow], key: bytes) -> Read:
    """What the rows say; to be called off the event loop. Refused: NO_ROWS."""
    lines: list[Line] = []
    bad: list[BadRow] = []
    for row in rows:
        if not (row.formula or row.cells[NAME] or row.cells[NUMBER]):
            continue  # a row with nothing but its number, or a note below the table
        try:
            lines.append(_line(row, key))
        except _Bad as reason:
            bad.append(BadRow(row=row.number, reason=str(reason)))
    if not lines and not bad:
        raise Refused(NO_ROWS)
    return Read(lines, bad)


def _line(row: SheetRow, key: bytes) -> Line:
    if row.formula:
        raise _Bad(f"{row.formula.detail}：{row.formula.remedy}")
    if row.merged:
        raise _Bad(MERGED)
    return Line(row.number, _name(row), digest_of(_document(row), key))


def _plain(text: str) -> str:
    """One width, no space around, nothing invisible."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable())
    return visible.strip().lstrip("'’")


def _name(row: SheetRow) -> str:
    name = _plain(row.cells[NAME])
    if not name:
        raise _Bad(NO_NAME)
    digits = any(c.isdigit() for c in name)
    if not row.is_text(NAME) or digits or len(name) > LONGEST_NAME:
        raise _Bad(NAME_NOT_TEXT)
    return name


def _document(row: SheetRow) -> Document:
    number = _plain(row.cells[NUMBER])
    if not number:
        raise _Bad(NO_NUMBER)
    if not row.is_text(NUMBER):
        raise _Bad(NUMBER_NOT_TEXT)
    try:
        return read(_kind(_plain(row.cells[KIND]), number), number)
    except WrongDocument as wrong:
        raise _Bad(wrong.problem.shown) from None


def _kind(named: str, number: str) -> DocumentKind:
    """The kind that is named, or the one that a number of 18 shows by itself."""
    if not named:
        return _BEGINS.get(number[0], DocumentKind.RESIDENT_ID)
    if named not in BY_TERM:
        raise _Bad(UNKNOWN_KIND)
    return BY_TERM[named]
