"""学时审核: pass or refuse, one by one or in batch."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from libs.events.documents import text_digest
from libs.events.envelope import Envelope
from libs.runtime.web.click import Answer, Clicked, ItemAnswer
from libs.runtime.web.forms import Year
from libs.runtime.web.limits import Several
from services.hours.api.claiming import CLAIM, TextKey
from services.hours.commands import FailAudit, PassAudit
from services.hours.forms import AuditForm, ClaimRef

router = APIRouter(tags=["audits 学时审核"])


@router.post(f"{CLAIM}/audit", response_model=Answer)
async def audit(
    person_id: UUID, year: Year, claim_id: UUID, form: AuditForm, click: Clicked, key: TextKey
) -> JSONResponse:
    """Pass (通过) or refuse (不通过, with an opinion 审核意见) a claim that was sent here."""
    ref = ClaimRef(person_id=person_id, year=year, claim_id=claim_id)
    return await click.answer(_decision(click.envelope, ref, form, key))


class Audits(AuditForm):
    """批量审核: one decision for many claims."""

    claims: Several[ClaimRef]


@router.post("/audits", openapi_extra={"x-no-version": True})
async def audit_all(form: Audits, click: Clicked, key: TextKey) -> list[ItemAnswer]:
    """Pass or refuse many at once (批量通过审核, 批量不通过审核); one refusal harms no other."""
    return await click.answer_each(
        [_decision(click.item(n), ref, form, key) for n, ref in enumerate(form.claims)]
    )


def _decision(
    envelope: Envelope, ref: ClaimRef, form: AuditForm, key: bytes
) -> PassAudit | FailAudit:
    about = ref.model_dump()
    if form.passed:
        return PassAudit(envelope=envelope, hours=form.hours, distinct=form.distinct, **about)
    return FailAudit(
        envelope=envelope,
        opinion=form.opinion,
        opinion_digest=text_digest(form.opinion, key),
        **about,
    )
