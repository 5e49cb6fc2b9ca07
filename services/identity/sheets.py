"""The sheet of people (人员导入表): handed out by us, read back with every bad row named.

A number that came as a number has lost digits.
"""

from dataclasses import dataclass

from libs.decider import Rule
from libs.events.documents import BY_TERM
from libs.runtime.documents.sheets import Column, Sheet
from libs.runtime.documents.sheets import SheetRow as Row
from libs.runtime.documents.unpacking import MOST_BYTES, MOST_UNPACKED

__all__ = ["HEADINGS", "MOST_BYTES", "MOST_ROWS", "MOST_UNPACKED", "read", "template"]

MOST_ROWS = 10_000
NAME = 0
NUMBER = 2  # the column of 证件号码

_SHEET = Sheet(
    "人员",
    "从第 3 行起填写，每行一人。证件号码、手机号码须为文本格式：以数字格式填写会丢失末位。"
    "证件类型不填为居民身份证；部门填写本单位已有部门的名称，可不填。",
    (
        Column("姓名", 14, required=True, sample="韦小明"),
        Column("证件类型", 24, tuple(BY_TERM), sample="居民身份证"),
        Column("证件号码", 26, required=True, sample="450102200001010015"),
        Column("手机号码", 18, sample="13800000000"),
        Column("邮箱", 28, sample="name@example.cn"),
        Column("部门", 24, sample="信息学院"),
    ),
    MOST_ROWS,
)
HEADINGS = _SHEET.headings


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """A row as it was typed; `number_is_text` false: a number cell, whose digits are lost;
    `formula`: why it isn't taken, where something was computed."""

    row: int
    name: str
    kind: str
    number: str
    mobile: str
    email: str
    department: str
    number_is_text: bool
    name_is_text: bool = True
    formula: Rule | None = None


def template() -> bytes:
    """An empty sheet to be filled in (人员导入模板)."""
    return _SHEET.template()


def read(content: bytes) -> list[SheetRow]:
    """The rows that are not empty. Refused: TOO_LARGE, UNREADABLE, NO_ROWS."""
    return [_row(row) for row in _SHEET.read(content)]


def _row(row: Row) -> SheetRow:
    name, kind, document, mobile, email, department = row.cells
    typed = row.is_text(NUMBER), row.is_text(NAME), row.formula
    return SheetRow(row.number, name, kind, document, mobile, email, department, *typed)
