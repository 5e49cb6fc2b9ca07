"""批量登记: the sheet by which a unit's admin registers hours of many people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from libs.decider import Kind, Rule, conventions
from libs.events.documents import (
    DocumentKind,
    WrongDocument,
    digest_of,
    read,
    same_name,
)
from libs.events.values import Half, HalfDay
from libs.policy.recognition import Recognition
from libs.runtime.documents.sheets import NUMBER_CELL, Column, Sheet, SheetRow
from services.hours.forms import ClaimForm

NUMBER, NAME, KIND, TITLE, ORGANISER, FORM, BEGAN, FROM, ENDED, TO, RESULT, HOURS, CONTENT = range(
    13
)
HALVES = {"上午": Half.MORNING, "下午": Half.AFTERNOON}
MOST_ROWS = 2000

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


def sheet(kinds: Iterable[Recognition]) -> Sheet:
    """The sheet of a year's kinds."""
    names = tuple(kind.name for kind in kinds)
    return Sheet(
        "专业科目学时",
        "从第 3 行起填写，每行一条。证件号码须为文本格式；日期如 2024-11-04；学时如 20 或 4.5，"
        "培训进修可不填，按半天计算。导入即承诺所填信息属实。",
        (
            Column("证件号码", 24),
            Column("姓名", 12),
            Column("类别", 20, names),
            Column("活动名称", 30),
            Column("举办单位", 24),
            Column("学习形式", 10),
            Column("开始日期", 14),
            Column("开始", 8, tuple(HALVES)),
            Column("结束日期", 14),
            Column("结束", 8, tuple(HALVES)),
            Column("考核结果", 10),
            Column("申请学时", 10),
            Column("主要内容", 40),
        ),
        MOST_ROWS,
    )


def digests(rows: Iterable[SheetRow], key: bytes) -> dict[int, str | Rule]:
    """The keyed digest of each row's number, or why there is none; the number is dropped."""
    found: dict[int, str | Rule] = {}
    for row in rows:
        if NUMBER in row.numeric:
            found[row.number] = NUMBER_CELL
            continue
        try:
            document = read(DocumentKind.RESIDENT_ID, row.cells[NUMBER])
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
    if (kind := kinds.get(row.cells[KIND])) is None:
        return Bad(row.number, CELL_WRONG.because(f"第 {KIND + 1} 列：没有此类别"))
    try:
        return Registration(row.number, known.person_id, _form(row.cells, kind))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        return Bad(row.number, CELL_WRONG.because(where).on(where))
    except (ValueError, KeyError):
        return Bad(row.number, CELL_WRONG.because("日期、上午下午或学时填写有误"))


def _form(cells: tuple[str, ...], kind: Recognition) -> ClaimForm:
    whole, _, part = cells[HOURS].strip().partition(".")
    return ClaimForm.model_validate(
        {
            "category": kind.category,
            "rule": kind.rule,
            "name": cells[TITLE],
            "organiser": cells[ORGANISER],
            "form": cells[FORM],
            "began": str(HalfDay(date.fromisoformat(cells[BEGAN]), HALVES[cells[FROM]])),
            "ended": str(HalfDay(date.fromisoformat(cells[ENDED]), HALVES[cells[TO]])),
            "result": cells[RESULT],
            "hours": f"{whole}.{part:0<2}" if cells[HOURS].strip() else None,
            "content": cells[CONTENT],
            "promised": True,
        }
    )
