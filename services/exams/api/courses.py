"""课程: what there is to study, for everybody; the bank, for the province."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND, ROLE_NOT_ALLOWED
from libs.events.exams import CourseKind
from libs.events.roles import EVERYBODY, for_these
from libs.runtime.reading import select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from services.exams.rules.actors import THE_PROVINCE

router = APIRouter(tags=["courses 课程"])


class CourseItem(BaseModel):
    """A course as lists show it."""

    course_id: UUID
    jurisdiction: str = Field(description="政策辖区")
    year: int
    kind: CourseKind = Field(description="课程类型")
    title: str = Field(description="课程名称")
    lessons: int = Field(description="课时数")
    has_exam: bool
    closed: bool
    version: int


class LessonItem(BaseModel):
    """课时."""

    lesson_id: UUID
    title: str = Field(description="课时名称")
    link: str
    minutes: int


class MaterialItem(BaseModel):
    """相关资料."""

    title: str = Field(description="资料名称")
    link: str


class CourseAnswer(CourseItem):
    """A course with its contents."""

    contents: list[LessonItem] = Field(description="课程目录, lesson by lesson")
    materials: list[MaterialItem]


class BankItem(BaseModel):
    """A question as the bank shows it; its right answer is not shown to anybody."""

    question_id: UUID
    number: int = Field(description="题号")
    kind: str = Field(description="题型")
    text: str = Field(description="题干")
    options: dict[str, str]
    marks: int


_COURSES = """
SELECT course_id, jurisdiction, year, kind, title, lessons, questions > 0 AS has_exam, closed,
       version FROM courses"""


@router.get("/courses", openapi_extra=by(EVERYBODY))
async def courses(
    desk: AtDesk,
    _caller: Caller,
    year: Year | None = None,
    kind: Annotated[CourseKind | None, Query(description="课程类型")] = None,
) -> list[CourseItem]:
    """The courses (课程), of every year or of one."""
    wanted: dict[str, Any] = {"year": year, "kind": kind}
    asked = {f"{name} = %s": value for name, value in wanted.items() if value is not None}
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    query = f"{_COURSES}{where} ORDER BY year DESC, kind DESC, version"
    async with desk.reading() as conn:
        rows = await select(conn, query, list(asked.values()))
    return [CourseItem(**{**row, "lessons": len(json.loads(row["lessons"]))}) for row in rows]


@router.get("/courses/{course_id}", openapi_extra=by(EVERYBODY))
async def course(
    course_id: UUID, desk: AtDesk, _caller: Caller, response: Response
) -> CourseAnswer:
    """A course with its lessons and materials (课程目录、相关资料), with its ETag."""
    async with desk.reading() as conn:
        rows = await select(conn, f"{_COURSES} WHERE course_id = %s", (course_id,))
        contents = await select(conn, "SELECT * FROM contents WHERE course_id = %s", (course_id,))
    if not rows or not contents:
        raise Refused(NOT_FOUND)
    response.headers["ETag"] = f'"{rows[0]["version"]}"'
    lessons = json.loads(contents[0]["lessons"])
    return CourseAnswer(
        **{**rows[0], "lessons": len(lessons)},
        contents=lessons,
        materials=json.loads(contents[0]["materials"]),
    )


@router.get("/courses/{course_id}/bank", openapi_extra=by(THE_PROVINCE))
async def bank(course_id: UUID, desk: AtDesk, caller: Caller) -> list[BankItem]:
    """The question bank (题库), for the province, without right answers."""
    if caller.role not in THE_PROVINCE:
        raise Refused(for_these(ROLE_NOT_ALLOWED, THE_PROVINCE))
    async with desk.reading() as conn:
        rows = await select(
            conn,
            "SELECT question_id, number, kind, text, options, marks FROM questions "
            "WHERE course_id = %s ORDER BY number",
            (course_id,),
        )
    return [BankItem(**{**row, "options": json.loads(row["options"])}) for row in rows]
