"""网络考试: start, save, hand in; the paper as the browser may know it."""

import json
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from psycopg import AsyncConnection
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.scope import SEE_PEOPLE
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Click, Clicked
from libs.runtime.web.forms import Year
from services.exams import paper
from services.exams.api.words import ATTEMPT, COURSE, SheetForm, SubmitForm
from services.exams.commands import SaveAnswers, StartAttempt, SubmitAnswers
from services.exams.rules.actors import STUDY
from services.exams.rules.examining import SAVED_MEANWHILE
from services.exams.state.study import AttemptState

router = APIRouter(tags=["exams 网络考试"])

READ_AGAIN = 4  # times at most that saving while handing in has the sheet read again


class PaperQuestion(BaseModel):
    """试题, without its answer."""

    question_id: UUID
    kind: str = Field(description="题型")
    text: str = Field(description="题干")
    options: dict[str, str]
    marks: int


class AttemptAnswer(BaseModel):
    """An attempt: its paper while it is open, and its result afterwards."""

    attempt_id: UUID
    course_id: UUID
    number: int = Field(description="第几次考试")
    state: AttemptState = Field(description="考试状态")
    ends: datetime = Field(description="The server's time limit")
    seconds_left: int = Field(description="剩余时间 by the server's clock")
    score: int | None = Field(description="成绩, of 100")
    questions: list[PaperQuestion]
    answers: dict[UUID, list[str]] = Field(description="What was saved")
    version: int


_ATTEMPT = "SELECT * FROM attempts WHERE attempt_id = %s AND person_id = %s AND course_id = %s"
_LATEST = """
SELECT attempt_id FROM attempts WHERE person_id = %s AND course_id = %s
ORDER BY number DESC LIMIT 1"""


@router.post(f"{COURSE}/attempts", status_code=201, openapi_extra=by(STUDY))
async def start(person_id: UUID, year: Year, course_id: UUID, click: Clicked) -> AttemptAnswer:
    """Start an attempt (开始考试). While one is under way, it is that one with what was saved."""
    async with click.desk.reading() as conn:
        drawn = await paper.draw(conn, course_id)
    command = StartAttempt(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        attempt_id=uuid7(),
        paper=drawn,
    )
    await click.submit(command)
    async with click.desk.reading() as conn:
        (latest,) = await select(conn, _LATEST, (person_id, course_id))
        row = await _row(conn, person_id, course_id, latest["attempt_id"])
        return await _shown(conn, row, click.desk.clock.now(), whole=True)


@router.get(ATTEMPT, openapi_extra=by(SEE_PEOPLE))
async def attempt(
    person_id: UUID,
    year: Year,
    course_id: UUID,
    attempt_id: UUID,
    desk: AtDesk,
    caller: Caller,
    response: Response,
) -> AttemptAnswer:
    """An attempt (考试), with its ETag: the own paper while it is open; the result afterwards."""
    del year
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        row = await _row(conn, person_id, course_id, attempt_id)
        response.headers["ETag"] = f'"{row["version"]}"'
        return await _shown(conn, row, desk.clock.now(), whole=caller.id == person_id)


@router.put(f"{ATTEMPT}/answers", response_model=Answer, openapi_extra=by(STUDY))
async def save(
    person_id: UUID,
    year: Year,
    course_id: UUID,
    attempt_id: UUID,
    form: SheetForm,
    click: Clicked,
) -> JSONResponse:
    """Save everything marked so far (保存答题): a lost connection loses nothing."""
    command = SaveAnswers(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        attempt_id=attempt_id,
        answers=form.answers,
    )
    return await click.answer(command)


class Result(Answer):
    """成绩."""

    state: AttemptState = Field(description="考试状态")
    score: int | None


@router.post(f"{ATTEMPT}/submission", openapi_extra=by(STUDY))
async def submit(
    person_id: UUID,
    year: Year,
    course_id: UUID,
    attempt_id: UUID,
    form: SubmitForm,
    click: Clicked,
) -> Result:
    """Hand in (交卷); the server scores at once. What is saved while it does is scored, too."""
    whose = {"person_id": person_id, "year": year, "course_id": course_id}
    said = await _handed_in(click, {**whose, "attempt_id": attempt_id}, form)
    async with click.desk.reading() as conn:
        row = await _row(conn, person_id, course_id, attempt_id)
    return Result(**said, state=row["state"], score=row["score"])


async def _handed_in(click: Click, about: Found, form: SubmitForm) -> Found:
    """The sheet is read and scored before the batch, and again if it was saved in between."""
    for _ in range(READ_AGAIN):
        try:
            return (await click.submit(await _scored(click, about, form))).said
        except Refused as refused:
            if refused.rule.code != SAVED_MEANWHILE.code:
                raise
    return (await click.submit(await _scored(click, about, form))).said


async def _scored(click: Click, about: Found, form: SubmitForm) -> SubmitAnswers:
    attempt_id = about["attempt_id"]
    async with click.desk.reading() as conn:
        whose = (attempt_id, about["person_id"], about["course_id"])
        row = (await select(conn, _ATTEMPT, whose) or [{}])[0]
        as_saved = form.answers is None and bool(row)
        found = await paper.sheet(conn, attempt_id) if as_saved else paper.Sheet(form.answers or {})
        return SubmitAnswers(
            envelope=click.envelope,
            **about,
            answers=found.answers,
            score=await paper.score(conn, _paper(row), found.answers),
            as_saved=as_saved,
            saved_at=found.saved_at,
        )


async def _row(conn: AsyncConnection, person_id: UUID, course_id: UUID, attempt_id: UUID) -> Found:
    rows = await select(conn, _ATTEMPT, (attempt_id, person_id, course_id))
    if not rows:
        raise Refused(NOT_FOUND)
    return rows[0]


def _paper(row: Found) -> list[UUID]:
    return [UUID(question) for question in json.loads(row.get("paper", "[]"))]


async def _shown(conn: AsyncConnection, row: Found, now: datetime, whole: bool) -> AttemptAnswer:
    """The paper is for who sits the exam, and while it lasts."""
    whole = whole and row["state"] == AttemptState.OPEN
    questions = await paper.questions(conn, _paper(row)) if whole else []
    sheet = await paper.sheet(conn, row["attempt_id"]) if whole else paper.Sheet({})
    left = (row["ends"] - now).total_seconds() if row["state"] == AttemptState.OPEN else 0
    return AttemptAnswer(
        **{name: row[name] for name in row if name in AttemptAnswer.model_fields},
        seconds_left=max(int(left), 0),
        questions=[PaperQuestion(**question) for question in questions],
        answers={question: list(letters) for question, letters in sheet.answers.items()},
    )
