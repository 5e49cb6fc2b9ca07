"""Lists (考试列表、完成情况、补学补考申请), filtered by the scope of who asks."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND, ROLE_NOT_ALLOWED
from libs.events.roles import for_these
from libs.events.scope import SEE_PEOPLE
from libs.runtime.following import laws
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, by_version, decode, page
from services.exams import queries
from services.exams.rules.actors import THE_PROVINCE
from services.exams.state.known import ExamsFacts, Terms
from services.exams.state.study import AttemptState, MakeUpState

router = APIRouter(tags=["lists 考试列表"])


class AttemptItem(BaseModel):
    """One attempt and its result."""

    attempt_id: UUID
    number: int = Field(description="第几次考试")
    state: AttemptState = Field(description="考试状态")
    score: int | None
    version: int


class ExamItem(BaseModel):
    """An exam of the year."""

    course_id: UUID
    title: str = Field(description="课程名称")
    completed: bool = Field(description="完成课程学习; the exam is open")
    passed: bool
    score: int | None = Field(description="The best that stands")
    attempts_left: int = Field(
        description="剩余考试机会: none once it is passed, and none outside the period of study"
    )
    make_up: MakeUpState = Field(description="补学补考状态")
    attempts: list[AttemptItem] = Field(description="各次考试")


_EXAMS = """
SELECT c.course_id, c.title, coalesce(s.completed, false) AS completed,
       coalesce(s.passed, false) AS passed, s.score, coalesce(s.used, 0) AS used,
       coalesce(s.opened, 0) AS opened, coalesce(s.make_up, 'none') AS make_up,
       c.jurisdiction, p.unit_id
FROM courses c
JOIN people p ON p.person_id = %(person)s
LEFT JOIN studies s ON s.course_id = c.course_id AND s.person_id = p.person_id
WHERE c.year = %(year)s AND c.questions > 0
  AND (s.began IS NOT NULL OR c.jurisdiction = p.jurisdiction AND NOT c.closed)
ORDER BY c.version"""
_ATTEMPTS = """
SELECT course_id, attempt_id, number, state, score, version FROM attempts
WHERE person_id = %s AND year = %s ORDER BY number"""
_OPENED_BY = "SELECT opened_by FROM studies WHERE person_id = %s AND year = %s"


@router.get("/people/{person_id}/{year}/exams", openapi_extra=by(SEE_PEOPLE))
async def exams(person_id: UUID, year: Year, desk: AtDesk, caller: Caller) -> list[ExamItem]:
    """The exams of a year with attempts left and results (考试列表)."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        rows = await select(conn, _EXAMS, {"person": person_id, "year": year})
        attempts = await select(conn, _ATTEMPTS, (person_id, year))
        opened = await select(conn, _OPENED_BY, (person_id, year))
        known = ExamsFacts(laws=(await laws.read(conn, (person_id,))).newest)
    opened_by = {notice for one in opened for notice in json.loads(one["opened_by"])}
    now = desk.clock.now()
    return [
        ExamItem(
            **{name: row[name] for name in row if name in ExamItem.model_fields},
            attempts_left=_left(row, known.terms(row["jurisdiction"], year), opened_by, now),
            attempts=[AttemptItem(**a) for a in attempts if a["course_id"] == row["course_id"]],
        )
        for row in rows
    ]


def _left(row: Found, terms: Terms | None, opened_by: Collection[str], now: datetime) -> int:
    """How many attempts can be begun."""
    if terms is None or row["passed"] or not terms.lets_study(row["unit_id"], now, opened_by):
        return 0
    left: int = terms.attempts + row["opened"] - row["used"]
    return max(left, 0)


class CompletionItem(BaseModel):
    """How far one person is with one course."""

    person_id: UUID
    course_id: UUID
    title: str = Field(description="课程名称")
    completed: bool
    passed: bool
    score: int | None
    make_up: MakeUpState = Field(description="补学补考状态")
    version: int


@router.get("/completion/{year}", openapi_extra=by(SEE_PEOPLE))
async def completion(
    year: Year,
    desk: AtDesk,
    caller: Caller,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[CompletionItem]:
    """How far the people of the caller's scope are (学习完成情况), from person to person."""
    last = decode(cursor, tuple[UUID, UUID]) if cursor is not None else None
    async with desk.reading() as conn:
        rows = await queries.completion(conn, caller, year, last, limit)
    return page(rows, limit, _shown, lambda row: [str(row["person_id"]), str(row["course_id"])])


@router.get("/make-ups", openapi_extra=by(THE_PROVINCE))
async def make_ups(
    desk: AtDesk,
    caller: Caller,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[CompletionItem]:
    """The calls that wait for the province's decision (待审批的补学补考申请), the latest first."""
    if caller.role not in THE_PROVINCE:
        raise Refused(for_these(ROLE_NOT_ALLOWED, THE_PROVINCE))
    before = decode(cursor, tuple[int])[0] if cursor is not None else None
    async with desk.reading() as conn:
        return page(await queries.make_ups(conn, before, limit), limit, _shown, by_version)


def _shown(row: Found) -> CompletionItem:
    return CompletionItem(
        **{name: row[name] for name in row if name in CompletionItem.model_fields}
    )
