"""学习课程: enrol, complete lessons, see how far one is."""

import json
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.exams import CourseKind
from libs.events.scope import SEE_PEOPLE
from libs.runtime.following.people import may_see
from libs.runtime.reading import select
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.forms import Year
from services.exams.api.words import COURSE
from services.exams.commands import AskRecognition, CompleteLesson, Enrol
from services.exams.rules.actors import STUDY

router = APIRouter(tags=["study 学习课程"])


class StudyItem(BaseModel):
    """A course of the year with the learner's progress."""

    course_id: UUID
    kind: CourseKind = Field(description="课程类型")
    title: str = Field(description="课程名称")
    closed: bool
    enrolled: bool
    began: str | None = Field(description="选学时间, a half-day")
    lessons: list[UUID]
    done: list[UUID] = Field(description="已完成的课时")
    completed: bool
    passed: bool | None = Field(description="None: no exam")
    version: int = Field(description="0: nothing done yet")


class EarnedItem(BaseModel):
    """公需科目学时获得."""

    entry_id: UUID
    category: str
    hours: str
    title: str = Field(description="课程名称")
    pack: str = Field(description="政策编号")


class YearAnswer(BaseModel):
    """A person's year of public subjects."""

    year: int
    courses: list[StudyItem]
    earned: list[EarnedItem] = Field(description="取得的学时")


_STUDIES = """
SELECT c.course_id, c.kind, c.title, c.closed, c.lessons, c.questions,
       s.began, coalesce(s.done, '[]') AS done, coalesce(s.completed, false) AS completed,
       coalesce(s.passed, false) AS passed, coalesce(s.version, 0) AS version
FROM courses c
JOIN people p ON p.person_id = %(person)s
LEFT JOIN studies s ON s.course_id = c.course_id AND s.person_id = p.person_id
WHERE c.year = %(year)s AND (s.began IS NOT NULL
      OR c.jurisdiction = p.jurisdiction AND NOT c.closed)
ORDER BY c.kind DESC, c.version"""
_EARNED = """
SELECT entry_id, category, (hours / 100.0)::numeric(9, 2)::text AS hours, title, pack
FROM recognitions WHERE person_id = %s AND year = %s ORDER BY version"""


@router.get("/people/{person_id}/{year}", openapi_extra=by(SEE_PEOPLE))
async def year_of(person_id: UUID, year: Year, desk: AtDesk, caller: Caller) -> YearAnswer:
    """The courses of a year with progress, and what they have earned (学习课程)."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        studies = await select(conn, _STUDIES, {"person": person_id, "year": year})
        earned = await select(conn, _EARNED, (person_id, year))
    items = [
        StudyItem(
            **{name: row[name] for name in row if name in StudyItem.model_fields}
            | {
                "enrolled": row["began"] is not None,
                "lessons": json.loads(row["lessons"]),
                "done": json.loads(row["done"]),
                "passed": row["passed"] if row["questions"] else None,
            }
        )
        for row in studies
    ]
    return YearAnswer(year=year, courses=items, earned=[EarnedItem(**row) for row in earned])


@router.post(f"{COURSE}/enrolment", response_model=Answer, openapi_extra=by(STUDY))
async def enrol(person_id: UUID, year: Year, course_id: UUID, click: Clicked) -> JSONResponse:
    """Take up a course (选学课程)."""
    command = Enrol(envelope=click.envelope, person_id=person_id, year=year, course_id=course_id)
    return await click.answer(command)


@router.post(f"{COURSE}/lessons/{{lesson_id}}", response_model=Answer, openapi_extra=by(STUDY))
async def complete(
    person_id: UUID, year: Year, course_id: UUID, lesson_id: UUID, click: Clicked
) -> JSONResponse:
    """Complete a lesson (完成课时学习); the last one completes the course."""
    command = CompleteLesson(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        lesson_id=lesson_id,
    )
    return await click.answer(command)


@router.post(f"{COURSE}/recognition", response_model=Answer, openapi_extra=by(STUDY))
async def ask_recognition(
    person_id: UUID, year: Year, course_id: UUID, click: Clicked
) -> JSONResponse:
    """Ask for hours that are due and have not come by themselves (申请计入学时)."""
    command = AskRecognition(
        envelope=click.envelope, person_id=person_id, year=year, course_id=course_id
    )
    return await click.answer(command)
