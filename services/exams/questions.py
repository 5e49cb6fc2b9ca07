"""题库导入表: the sheet of questions, handed out by us, read back with every bad row named.

Only off the event loop.
"""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from libs.decider import Kind, Refused, Rule, conventions
from libs.runtime.documents.sheets import Column, Sheet
from services.exams.commands import QuestionKind
from services.exams.forms import QuestionForm

ROWS_BAD = Rule(
    "bank-rows-bad",
    "题库导入表有误，未导入任何试题",
    conventions.SHEETS,
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
_JUDGED = {"A": "正确", "B": "错误"}
_ROWS_NAMED = 50
_SAMPLES = {"A": "72 学时", "B": "90 学时", "C": "120 学时"}

SHEET = Sheet(
    "题库",
    "从第 3 行起填写，每行一题。题型为单选题、多选题或判断题；"
    "判断题可不填选项，答案填“正确”或“错误”。"
    "正确答案填字母，多选题如 ABD；分值为 1 至 100 的整数，不填为 1。",
    (
        Column("题型", 8, choices=tuple(KINDS), required=True, sample="单选题"),
        Column("题干", 44, required=True, sample="每年累计应不少于多少学时？"),
        *(Column(f"选项{letter}", 12, sample=_SAMPLES.get(letter, "")) for letter in LETTERS),
        Column("正确答案", 9, required=True, sample="B"),
        Column("分值", 6, sample="1"),
    ),
    2_000,
)
"""题库导入模板."""


def read(content: bytes) -> list[QuestionForm]:
    """All questions, or none. Refused: TOO_LARGE, UNREADABLE, NO_ROWS, ROWS_BAD."""
    found, bad = [], []
    for row in SHEET.read(content):
        if row.formula:
            bad.append(f"第 {row.number} 行：{row.formula.detail}")
            continue
        try:
            found.append(_question(dict(zip(SHEET.headings, row.cells, strict=False))))
        except ValidationError as error:
            fields = {str(part["loc"][0]) if part["loc"] else "试题" for part in error.errors()}
            bad.append(f"第 {row.number} 行：{'、'.join(sorted(_SAID.get(f, f) for f in fields))}")
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
