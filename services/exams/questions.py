"""题库导入表: the sheet of questions, handed out by us, read back with every bad row named.

Sizes are checked before anything is unpacked. Only off the event loop.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from libs.decider import Kind, Refused, Rule, Source
from services.exams.commands import QuestionKind
from services.exams.forms import QuestionForm

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 2_000
_BANK = Source("平台约定", "题库导入")

SHEET_TOO_LARGE = Rule(
    "sheet-too-large",
    "表格过大",
    _BANK,
    "每次最多导入 2000 题、4 MB",
    Kind.OVERSIZED,
    "file",
)
SHEET_UNREADABLE = Rule(
    "sheet-unreadable",
    "不是本平台的题库导入表（.xlsx）",
    _BANK,
    "请下载模板，填写后原样导入",
    Kind.INVALID,
    "file",
)
ROWS_BAD = Rule(
    "bank-rows-bad",
    "题库导入表有误，未导入任何试题",
    _BANK,
    "请逐行更正后重新导入",
    Kind.INVALID,
    "file",
)

KINDS = {
    "单选题": QuestionKind.SINGLE,
    "多选题": QuestionKind.MULTIPLE,
    "判断题": QuestionKind.JUDGEMENT,
}
LETTERS = "ABCDEFGH"
HEADINGS = ("题型", "题干", *(f"选项{letter}" for letter in LETTERS), "正确答案", "分值")
_JUDGED = {"A": "正确", "B": "错误"}
_ROWS_NAMED = 50
_HEAD = 2  # rows: the hint and the headings
_HINT = (
    "从第 3 行起填写，每行一题。题型为单选题、多选题或判断题；"
    "判断题可不填选项，答案填“正确”或“错误”。"
    "正确答案填字母，多选题如 ABD；分值为 1 至 100 的整数，不填为 1。"
)


def template() -> bytes:
    """An empty sheet to be filled in (题库导入模板)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("题库")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, _HINT, wrapped)
    sheet.set_row(0, 48)
    sheet.write_row(1, 0, HEADINGS, book.add_format({"bold": True, "bottom": 1}))
    sheet.set_column(1, 1, 60)
    sheet.data_validation(2, 0, MOST_ROWS + 1, 0, {"validate": "list", "source": list(KINDS)})
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


def read(content: bytes) -> list[QuestionForm]:
    """All questions, or none. Refused: SHEET_TOO_LARGE, SHEET_UNREADABLE, ROWS_BAD."""
    found, bad = [], []
    for number, cells in _rows(content):
        try:
            found.append(_question(cells))
        except ValidationError as error:
            fields = {str(part["loc"][0]) if part["loc"] else "试题" for part in error.errors()}
            bad.append(f"第 {number} 行：{'、'.join(sorted(_SAID.get(f, f) for f in fields))}")
    if bad:
        more = f"；另有 {len(bad) - _ROWS_NAMED} 行" if len(bad) > _ROWS_NAMED else ""
        raise Refused(ROWS_BAD.because("；".join(bad[:_ROWS_NAMED]) + more))
    return found


_SAID = {
    "kind": "题型有误",
    "text": "题干未填写或过长",
    "options": "选项至少两个，且不得留空",
    "right": "正确答案不在选项之内",
    "marks": "分值须为 1 至 100 的整数",
}


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows that are not empty, by heading."""
    if len(content) > MOST_BYTES:
        raise Refused(SHEET_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as unpacked:
            if sum(part.file_size for part in unpacked.infolist()) > MOST_UNPACKED:
                raise Refused(SHEET_TOO_LARGE)
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        if sheet.total_height > MOST_ROWS + _HEAD:
            raise Refused(SHEET_TOO_LARGE)
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, ValueError, OSError, IndexError):
        raise Refused(SHEET_UNREADABLE) from None
    if len(rows) > MOST_ROWS + _HEAD:
        raise Refused(SHEET_TOO_LARGE)
    if len(rows) < _HEAD or [_text(cell) for cell in rows[1][: len(HEADINGS)]] != list(HEADINGS):
        raise Refused(SHEET_UNREADABLE)
    for number, cells in enumerate(rows[_HEAD:], _HEAD + 1):
        if any(_text(cell) for cell in cells):
            yield number, dict(zip(HEADINGS, map(_text, cells), strict=False))


def _question(cells: Mapping[str, str]) -> QuestionForm:
    """One question; ValidationError."""
    given = [cells.get(f"选项{letter}", "") for letter in LETTERS]
    count = max((n for n, text in enumerate(given, 1) if text), default=0)
    options = dict(zip(LETTERS, given[:count], strict=False))
    kind = KINDS.get(cells["题型"])
    if kind is QuestionKind.JUDGEMENT and not options:
        options = dict(_JUDGED)
    said = cells["正确答案"].upper()
    right = next((letter for letter, text in options.items() if text == said), said)
    return QuestionForm.model_validate(
        {
            "kind": kind,
            "text": cells["题干"],
            "options": options,
            "right": _within(right, options),
            "marks": cells["分值"] or 1,
        }
    )


def _within(right: str, options: Mapping[str, str]) -> Sequence[str]:
    """The letters, or none where one is not an option: then the row is bad."""
    letters = sorted(set(right) - set("、,， "))
    return letters if set(letters) <= set(options) else ()


def _text(cell: Any) -> str:
    """What was typed; a whole number without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
