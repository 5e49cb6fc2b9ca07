"""What the service desk takes up and the province decides: make-ups, and results that fall."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from libs.events.documents import text_digest
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, Clicked
from libs.runtime.web.forms import Year
from services.exams.api.words import ATTEMPT, COURSE, AnnulForm, CallForm, OpenForm, TextKey
from services.exams.commands import AnnulResult, DeclineMakeUp, OpenMakeUp, PrepareMakeUp
from services.exams.rules.actors import TAKE_CALLS, THE_PROVINCE

router = APIRouter(tags=["make-ups 补学补考"])


@router.post(f"{COURSE}/make-up-call", response_model=Answer, openapi_extra=by(TAKE_CALLS))
async def prepare(
    person_id: UUID, year: Year, course_id: UUID, form: CallForm, click: Clicked, key: TextKey
) -> JSONResponse:
    """Take a call for a make-up (受理补学补考申请), as the service desk; the province decides."""
    command = PrepareMakeUp(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        note=form.note,
        note_digest=text_digest(form.note, key) if form.note else None,
    )
    return await click.answer(command)


@router.delete(f"{COURSE}/make-up-call", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def decline(person_id: UUID, year: Year, course_id: UUID, click: Clicked) -> JSONResponse:
    """Decline what the service desk has taken up (不予开通补学补考), as the province."""
    command = DeclineMakeUp(
        envelope=click.envelope, person_id=person_id, year=year, course_id=course_id
    )
    return await click.answer(command)


@router.post(f"{COURSE}/make-up", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def open_make_up(
    person_id: UUID, year: Year, course_id: UUID, form: OpenForm, click: Clicked
) -> JSONResponse:
    """Open a make-up (开通补学补考), as the province, with or without a call."""
    command = OpenMakeUp(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        hours=form.hours,
    )
    return await click.answer(command)


@router.post(f"{ATTEMPT}/annulment", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def annul(
    person_id: UUID,
    year: Year,
    course_id: UUID,
    attempt_id: UUID,
    form: AnnulForm,
    click: Clicked,
    key: TextKey,
) -> JSONResponse:
    """Annul a result (考试成绩作废), as the province: its hours and certificates fall with it."""
    command = AnnulResult(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        course_id=course_id,
        attempt_id=attempt_id,
        reason=form.reason,
        reason_digest=text_digest(form.reason, key),
    )
    return await click.answer(command)
