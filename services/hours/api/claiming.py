"""学时登记: register, amend, submit, withdraw, delete."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Path, UploadFile
from fastapi.responses import JSONResponse, Response
from uuid_utils.compat import uuid7

from libs.decider import Kind, Refused, Rule, conventions
from libs.decider.refusals import NOT_FOUND
from libs.events.envelope import Role
from libs.events.hours import RegisteredBy
from libs.events.scope import SEE_PEOPLE
from libs.runtime.following.people import may_see
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Click, Clicked, ItemAnswer
from libs.runtime.web.desk import Desk
from libs.runtime.web.forms import Form, Year
from libs.runtime.web.limits import Several
from services.hours.commands import (
    AmendClaim,
    ClaimHours,
    DeleteClaim,
    SubmitClaim,
    WithdrawClaim,
)
from services.hours.forms import ActivityForm, ClaimForm, ClaimRef, SubmitForm
from services.hours.queries import SEE_CLAIMS, evidence_in_scope
from services.hours.rules.actors import MAY

router = APIRouter(tags=["claims 学时登记"])

EVIDENCE_MISSING = Rule(
    "evidence-missing",
    "佐证材料尚未上传，或不属于该专业技术人员",
    conventions.SIZES,
    "请先上传文件，再登记",
    Kind.INVALID,
    "evidence",
)

CLAIM = "/people/{person_id}/{year}/claims/{claim_id}"


def text_key(desk: Desk) -> bytes:
    """What keys the digests of texts."""
    key: bytes = desk.part("text_key")
    return key


@router.post(
    "/people/{person_id}/{year}/claims",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(MAY[ClaimHours]),
)
async def claim(person_id: UUID, year: Year, form: ClaimForm, click: Clicked) -> JSONResponse:
    """Register hours (学时登记), as the learner or as an admin for a person in scope."""
    await _stored(click, person_id, form)
    by = RegisteredBy.LEARNER if _is_learner(click) else RegisteredBy.UNIT
    command = ClaimHours(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        claim_id=uuid7(),
        activity=form.activity(text_key(click.desk)),
        content=form.content,
        prefilled=form.hours is None,
        registered_by=by,
        promised=form.promised,
    )
    return await click.answer(command, 201)


async def _stored(click: Click, person_id: UUID, form: ActivityForm) -> None:
    """A file is stored before the claim that names it; of whom the caller may not see, nobody
    hears which files there are. Refused: EVIDENCE_MISSING."""
    if not form.evidence:
        return
    async with click.desk.reading() as conn:
        seen = await may_see(conn, click.envelope.actor, person_id)
    if not seen or not all(
        [await click.desk.files.has(person_id, digest) for digest in form.evidence]
    ):
        raise Refused(EVIDENCE_MISSING)


def _is_learner(click: Clicked) -> bool:
    return click.envelope.actor.role is Role.LEARNER


@router.put(CLAIM, response_model=Answer, openapi_extra=by(MAY[AmendClaim]))
async def amend(
    person_id: UUID,
    year: Year,
    claim_id: UUID,
    form: ActivityForm,
    click: Clicked,
) -> JSONResponse:
    """Amend a claim that is 待提交 or 不予认定 (修改)."""
    await _stored(click, person_id, form)
    command = AmendClaim(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        claim_id=claim_id,
        activity=form.activity(text_key(click.desk)),
        content=form.content,
        prefilled=form.hours is None,
    )
    return await click.answer(command)


@router.post(f"{CLAIM}/submission", response_model=Answer, openapi_extra=by(MAY[SubmitClaim]))
async def submit(
    person_id: UUID, year: Year, claim_id: UUID, form: SubmitForm, click: Clicked
) -> JSONResponse:
    """Submit (提交审核) to the own unit, or to a superior or industry authority."""
    command = SubmitClaim(
        envelope=click.envelope,
        person_id=person_id,
        year=year,
        claim_id=claim_id,
        to_unit_id=form.to_unit_id,
    )
    return await click.answer(command)


class Submissions(Form):
    """批量提交."""

    claims: Several[ClaimRef]
    to_unit_id: UUID | None = None


@router.post("/submissions", openapi_extra=by(MAY[SubmitClaim]) | {"x-no-version": True})
async def submit_all(form: Submissions, click: Clicked) -> list[ItemAnswer]:
    """Submit many at once (批量提交至本单位审核); one refusal harms no other."""
    return await click.answer_each(
        [
            SubmitClaim(envelope=click.item(n), to_unit_id=form.to_unit_id, **ref.model_dump())
            for n, ref in enumerate(form.claims)
        ]
    )


@router.delete(f"{CLAIM}/submission", response_model=Answer, openapi_extra=by(MAY[WithdrawClaim]))
async def withdraw(person_id: UUID, year: Year, claim_id: UUID, click: Clicked) -> JSONResponse:
    """Withdraw a claim that is 待初审 (撤回)."""
    command = WithdrawClaim(
        envelope=click.envelope, person_id=person_id, year=year, claim_id=claim_id
    )
    return await click.answer(command)


@router.delete(CLAIM, response_model=Answer, openapi_extra=by(MAY[DeleteClaim]))
async def delete(person_id: UUID, year: Year, claim_id: UUID, click: Clicked) -> JSONResponse:
    """Delete (删除). Deleting recognised hours revokes the certificates of their year."""
    command = DeleteClaim(
        envelope=click.envelope, person_id=person_id, year=year, claim_id=claim_id
    )
    return await click.answer(command)


@router.post(
    "/people/{person_id}/evidence",
    status_code=201,
    openapi_extra=by(SEE_PEOPLE) | {"x-no-key": True},
)
async def upload(
    person_id: UUID,
    file: Annotated[UploadFile, File(description="佐证材料: PDF, PNG or JPEG, at most 10 MB")],
    caller: Caller,
    desk: AtDesk,
) -> dict[str, str]:
    """Upload evidence (佐证材料). The same file twice is one file: its digest names it."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
    stored = await desk.files.put(person_id, await file.read())
    return {"digest": stored.digest, "type": stored.type}


@router.get(
    "/people/{person_id}/evidence/{digest}",
    response_class=Response,
    openapi_extra=by(SEE_CLAIMS),
)
async def download(
    person_id: UUID,
    digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    caller: Caller,
    desk: AtDesk,
) -> Response:
    """Evidence again (查看佐证材料), for its owner and those in whose scope the owner is."""
    async with desk.reading() as conn:
        if not await evidence_in_scope(conn, caller, person_id, digest):
            raise Refused(NOT_FOUND)
    stored, content = await desk.files.get(person_id, digest)
    return Response(content, media_type=stored.type)
