"""学时认定: the base requests once; the province grants, refuses, or withdraws."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, Clicked
from services.filing.api.desk import FILING, FilingId, WithKeys
from services.filing.api.words import GrantForm, OpinionForm, ReasonForm
from services.filing.commands import (
    GrantRecognition,
    RefuseRecognition,
    RequestRecognition,
    WithdrawRecognition,
)
from services.filing.rules.actors import OF_THE_BASE, THE_PROVINCE

router = APIRouter(tags=["recognition 学时认定"])


@router.post(f"{FILING}/request", response_model=Answer, openapi_extra=by(OF_THE_BASE))
async def request(filing_id: FilingId, click: Clicked) -> JSONResponse:
    """Request hours (申请学时认定). Irrevocable (一经提交，不可撤销更改)."""
    return await click.answer(RequestRecognition(envelope=click.envelope, filing_id=filing_id))


@router.post(f"{FILING}/grant", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def grant(filing_id: FilingId, form: GrantForm, click: Clicked) -> JSONResponse:
    """Grant the hours to the roster (认定学时), in one act; rows may be left out."""
    command = GrantRecognition(
        envelope=click.envelope, filing_id=filing_id, hours=form.hours, left_out=form.left_out
    )
    return await click.answer(command)


@router.post(f"{FILING}/refusal", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def refuse(
    filing_id: FilingId, form: OpinionForm, click: Clicked, keys: WithKeys
) -> JSONResponse:
    """Refuse the hours with an opinion (不予认定); roster and scan open for one new request."""
    command = RefuseRecognition(
        envelope=click.envelope,
        filing_id=filing_id,
        opinion=form.opinion,
        opinion_digest=keys.of(form.opinion),
    )
    return await click.answer(command)


@router.post(f"{FILING}/withdrawal", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def withdraw(
    filing_id: FilingId, form: ReasonForm, click: Clicked, keys: WithKeys
) -> JSONResponse:
    """Withdraw what was granted, after an inspection (撤销学时认定)."""
    command = WithdrawRecognition(
        envelope=click.envelope,
        filing_id=filing_id,
        reason=form.reason,
        reason_digest=keys.of(form.reason),
    )
    return await click.answer(command)
