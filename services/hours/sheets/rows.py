"""What the rows of 批量登记 say: registrations, or why not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from libs.decider import Kind, Rule, conventions
from libs.events.documents import (
    BY_TERM,
    DocumentKind,
    WrongDocument,
    digest_of,
    read,
    same_name,
)
from libs.events.values import HalfDay
from libs.events.wording import NO_SUCH_DAY, sentence
from libs.policy.recognition import Recognition
from libs.runtime.documents.sheets import NUMBER_CELL, SheetRow
from services.hours.forms import ClaimForm
from services.hours.sheets.columns import (
    BEGAN,
    CONTENT,
    DOCUMENT,
    ENDED,
    FORM,
    FROM,
    HALVES,
    HEADINGS,
    HOURS,
    KIND,
    NAME,
    NUMBER,
    ORGANISER,
    REQUIRED,
    RESULT,
    TITLE,
    TO,
)

DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
COLUMNS = {
    "name": TITLE,
    "organiser": ORGANISER,
    "form": FORM,
    "began": BEGAN,
    "ended": ENDED,
    "result": RESULT,
    "hours": HOURS,
    "content": CONTENT,
}

NUMBER_WRONG = Rule(
    "number-wrong", "证件号码有误", conventions.SHEETS, "请核对证件号码", Kind.INVALID
)
NOBODY = Rule(
    "nobody-of-this-number",
    "本单位没有此证件号码的人员",
    conventions.SHEETS,
    "请先登记该人员，或核对号码",
    Kind.INVALID,
)
OTHER_NAME = Rule(
    "other-name", "证件号码与姓名不符", conventions.SHEETS, "请核对姓名与证件号码", Kind.INVALID
)
CELL_WRONG = Rule(
    "cell-wrong", "内容不符合要求", conventions.SHEETS, "请对照模板更正", Kind.INVALID
)


class _Wrong(ValueError):
    """What a cell holds is not what its column is for."""

    def __init__(self, column: int, why: str) -> None:
        super().__init__(column)
        self.column, self.why = column, why


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the directory, as far as a sheet needs it."""

    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Registration:
    """A good row: whose hours, and what the form would say."""

    row: int
    person_id: UUID
    form: ClaimForm


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that can't be registered, by its number, never by name or number of a person."""

    row: int
    rule: Rule


def digests(rows: Iterable[SheetRow], key: bytes) -> dict[int, str | Rule]:
    """The keyed digest of each row's number, or why the row has none; the number is dropped."""
    found: dict[int, str | Rule] = {}
    for row in rows:
        if row.formula:
            found[row.number] = row.formula
            continue
        if not row.is_text(NUMBER):
            found[row.number] = NUMBER_CELL
            continue
        kind = BY_TERM.get(row.cells[DOCUMENT] or DocumentKind.RESIDENT_ID.shown)
        if kind is None:
            found[row.number] = _cell(DOCUMENT, "没有此证件类型")
            continue
        try:
            document = read(kind, row.cells[NUMBER])
            found[row.number] = digest_of(document, key)
        except WrongDocument as wrong:
            found[row.number] = NUMBER_WRONG.because(wrong.problem.shown)
    return found


def registrations(
    rows: Iterable[SheetRow],
    digest: Mapping[int, str | Rule],
    people: Mapping[str, Known],
    kinds: Iterable[Recognition],
) -> list[Registration | Bad]:
    """Each row as a registration, or the reason why not."""
    by_name = {kind.name: kind for kind in kinds}
    return [_one(row, digest[row.number], people, by_name) for row in rows]


def _one(
    row: SheetRow,
    digest: str | Rule,
    people: Mapping[str, Known],
    kinds: Mapping[str, Recognition],
) -> Registration | Bad:
    if isinstance(digest, Rule):
        return Bad(row.number, digest)
    if (known := people.get(digest)) is None:
        return Bad(row.number, NOBODY)
    if not same_name(known.name, row.cells[NAME]):
        return Bad(row.number, OTHER_NAME)
    for column in REQUIRED:
        if not row.cells[column]:
            return Bad(row.number, _cell(column, "请填写"))
    if (kind := kinds.get(row.cells[KIND])) is None:
        return Bad(row.number, _cell(KIND, "没有此类别，请从列表中选择"))
    try:
        return Registration(row.number, known.person_id, _form(row.cells, kind))
    except _Wrong as wrong:
        return Bad(row.number, _cell(wrong.column, wrong.why))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = str(first["loc"][0])
        if where not in COLUMNS:
            raise
        return Bad(row.number, _cell(COLUMNS[where], sentence(first)).on(where))


def _cell(column: int, why: str) -> Rule:
    heading = HEADINGS[column]
    return CELL_WRONG.because(f"第 {column + 1} 列“{heading}”：{why}")


def _form(cells: tuple[str, ...], kind: Recognition) -> ClaimForm:
    whole, _, part = cells[HOURS].strip().partition(".")
    return ClaimForm.model_validate(
        {
            "category": kind.category,
            "rule": kind.rule,
            "name": cells[TITLE],
            "organiser": cells[ORGANISER],
            "form": cells[FORM],
            "began": str(_half_day(cells, BEGAN, FROM)),
            "ended": str(_half_day(cells, ENDED, TO)),
            "result": cells[RESULT],
            "hours": f"{whole}.{part:0<2}" if cells[HOURS].strip() else None,
            "content": cells[CONTENT],
            "promised": True,
        }
    )


def _half_day(cells: tuple[str, ...], day: int, half: int) -> HalfDay:
    """_Wrong."""
    if not (typed := DAY.fullmatch(cells[day])):
        raise _Wrong(day, "请填写日期，如 2024-11-04 或 2024年11月4日")
    try:
        on = date(*map(int, typed.groups()))
    except ValueError:
        raise _Wrong(day, NO_SUCH_DAY) from None
    if cells[half] not in HALVES:
        raise _Wrong(half, "请填写上午或下午")
    return HalfDay(on, HALVES[cells[half]])
