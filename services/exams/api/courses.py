"""课程管理: the province publishes courses with their bank; everybody sees what there is."""

import asyncio
import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND, ROLE_NOT_ALLOWED
from libs.events.documents import text_digest
from libs.events.envelope import Role
from libs.events.exams import CourseKind
from libs.runtime import sheets
from libs.runtime.reading import select
from libs.runtime.web.attached import attached
from libs.runtime.web.click import Answer, AtDesk, Caller, Click, Clicked
from services.exams import questions
from services.exams.api.words import TextKey
from services.exams.commands import CloseCourse, PublishCourse
from services.exams.forms import CourseForm

router = APIRouter(tags=["courses 课程"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CourseItem(BaseModel):
    """A course as lists show it."""

    course_id: UUID
    jurisdiction: str
    year: int
    kind: CourseKind
    title: str
    lessons: int = Field(description="课时数")
    has_exam: bool
    closed: bool
    version: int


class LessonItem(BaseModel):
    """课时."""

    lesson_id: UUID
    title: str
    link: str
    minutes: int


class MaterialItem(BaseModel):
    """相关资料."""

    title: str
    link: str


class CourseAnswer(CourseItem):
    """A course with its contents."""

    contents: list[LessonItem]
    materials: list[MaterialItem]


class BankItem(BaseModel):
    """A question as the bank shows it; its right answer is not shown to anybody."""

    question_id: UUID
    number: int
    kind: str
    text: str
    options: dict[str, str]
    marks: int


@router.post("/courses", status_code=201, response_model=Answer)
async def publish(form: CourseForm, click: Clicked, key: TextKey) -> JSONResponse:
    """Publish a course with lessons, materials and question bank (发布课程), as the province."""
    return await _publish(form, click, key)


async def _publish(form: CourseForm, click: Click, key: bytes) -> JSONResponse:
    course_id = uuid7()
    bank = json.dumps([q.model_dump(mode="json") for q in form.questions], ensure_ascii=False)
    command = PublishCourse(
        envelope=click.envelope,
        course_id=course_id,
        lessons=form.lessons_of(course_id),
        materials=form.materials_of(),
        questions=form.questions_of(course_id),
        bank_digest=text_digest(bank, key),
        **form.model_dump(exclude={"lessons", "materials", "questions"}),
    )
    return await click.answer(command, 201)


@router.get("/courses/import/template", response_class=Response)
async def template() -> Response:
    """The sheet of questions to be filled in (题库导入模板)."""
    content = await asyncio.to_thread(questions.SHEET.template)
    named = attached("题库导入表.xlsx", "questions.xlsx")
    return Response(content, media_type=XLSX, headers=named)


_COURSE_AND_SHEET = {
    "type": "object",
    "required": ["course", "file"],
    "properties": {
        "course": {"type": "string", "description": "The course as JSON, without questions"},
        "file": {"type": "string", "format": "binary", "description": "The filled-in sheet"},
    },
}


@router.post(
    "/courses/import",
    status_code=201,
    response_model=Answer,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _COURSE_AND_SHEET}},
        }
    },
)
async def publish_by_sheet(request: Request, click: Clicked, key: TextKey) -> JSONResponse:
    """Publish a course whose question bank is a filled-in sheet (题库导入): all of it or none."""
    if click.envelope.actor.role is not Role.PROVINCE_BUREAU:
        raise Refused(ROLE_NOT_ALLOWED)
    course, content = await _sent(request)
    click = click.about(sha256(course.encode()).digest() + sha256(content).digest())
    bank = await asyncio.to_thread(questions.read, content)
    try:
        form = CourseForm.model_validate_json(course)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
    return await _publish(form.model_copy(update={"questions": tuple(bank)}), click, key)


async def _sent(request: Request) -> tuple[str, bytes]:
    """The two parts. A repeat is known by them: a body has a new boundary each time."""
    try:
        async with request.form(max_files=1, max_fields=1) as sent:
            course, file = sent.get("course"), sent.get("file")
            if isinstance(file, UploadFile) and isinstance(course, str):
                return course, await file.read(sheets.MOST_BYTES + 1)
    except (HTTPException, KeyError, ValueError):
        pass
    raise Refused(sheets.UNREADABLE)


@router.post("/courses/{course_id}/closing", response_model=Answer)
async def close(course_id: UUID, click: Clicked) -> JSONResponse:
    """Close a course (关闭课程): nobody may enrol any more, who is enrolled goes on."""
    return await click.answer(CloseCourse(envelope=click.envelope, course_id=course_id))


_COURSES = """
SELECT course_id, jurisdiction, year, kind, title, lessons, questions > 0 AS has_exam, closed,
       version FROM courses"""


@router.get("/courses")
async def courses(
    desk: AtDesk, _caller: Caller, year: int | None = None, kind: CourseKind | None = None
) -> list[CourseItem]:
    """The courses (课程), of every year or of one."""
    wanted: dict[str, Any] = {"year": year, "kind": kind}
    asked = {f"{name} = %s": value for name, value in wanted.items() if value is not None}
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    query = f"{_COURSES}{where} ORDER BY year DESC, kind DESC, version"
    async with desk.reading() as conn:
        rows = await select(conn, query, list(asked.values()))
    return [CourseItem(**{**row, "lessons": len(json.loads(row["lessons"]))}) for row in rows]


@router.get("/courses/{course_id}")
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


@router.get("/courses/{course_id}/bank")
async def bank(course_id: UUID, desk: AtDesk, caller: Caller) -> list[BankItem]:
    """The question bank (题库), for the province, without right answers."""
    if caller.role is not Role.PROVINCE_BUREAU:
        raise Refused(ROLE_NOT_ALLOWED)
    async with desk.reading() as conn:
        rows = await select(
            conn,
            "SELECT question_id, number, kind, text, options, marks FROM questions "
            "WHERE course_id = %s ORDER BY number",
            (course_id,),
        )
    return [BankItem(**{**row, "options": json.loads(row["options"])}) for row in rows]
