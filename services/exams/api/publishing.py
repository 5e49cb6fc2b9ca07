"""发布课程: the province publishes a course with its bank, typed or by a sheet, and closes it."""

import asyncio
import json
from hashlib import sha256
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.decider.refusals import ROLE_NOT_ALLOWED
from libs.events.documents import text_digest
from libs.events.roles import for_these
from libs.runtime.documents import sheets
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, Click, Clicked
from services.exams import questions
from services.exams.api.words import TextKey
from services.exams.commands import CloseCourse, PublishCourse
from services.exams.forms import CourseForm
from services.exams.rules.actors import THE_PROVINCE

router = APIRouter(tags=["courses 课程"])


@router.post("/courses", status_code=201, response_model=Answer, openapi_extra=by(THE_PROVINCE))
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


@router.get("/courses/import/template", response_class=Response, openapi_extra={"x-open": True})
async def template() -> Response:
    """The sheet of questions to be filled in (题库导入模板)."""
    content = await asyncio.to_thread(questions.SHEET.template)
    named = attached("题库导入表.xlsx", "questions.xlsx")
    return Response(content, media_type=sheets.XLSX, headers=named)


_COURSE_AND_SHEET = {
    "type": "object",
    "required": ["course", "file"],
    "properties": {
        "course": {
            "type": "string",
            "description": "课程: as JSON, without questions",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/CourseForm"},
        },
        "file": {"type": "string", "format": "binary", "description": "题库: the filled-in sheet"},
    },
}


@router.post(
    "/courses/import",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(THE_PROVINCE)
    | {
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": _COURSE_AND_SHEET}},
        }
    },
)
async def publish_by_sheet(request: Request, click: Clicked, key: TextKey) -> JSONResponse:
    """Publish a course whose question bank is a filled-in sheet (题库导入): all of it or none."""
    if click.envelope.actor.role not in THE_PROVINCE:
        raise Refused(for_these(ROLE_NOT_ALLOWED, THE_PROVINCE))
    course, content = await _sent(request)
    click = click.about(sha256(course.encode()).digest() + sha256(content).digest())
    bank = await asyncio.to_thread(questions.read, content)
    try:
        form = CourseForm.model_validate_json(course)
    except ValidationError as error:
        wrong = [{**one, "loc": ("body", "course", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(wrong) from None
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


@router.post("/courses/{course_id}/closing", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def close(course_id: UUID, click: Clicked) -> JSONResponse:
    """Close a course (关闭课程): nobody may enrol any more, who is enrolled goes on."""
    return await click.answer(CloseCourse(envelope=click.envelope, course_id=course_id))
