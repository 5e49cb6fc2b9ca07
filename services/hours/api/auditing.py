"""学时审核: pass or refuse, one by one or in batch."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from libs.events.documents import text_digest
from libs.events.envelope import Envelope
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, Clicked, ItemAnswer
from libs.runtime.web.forms import Form, Year
from libs.runtime.web.limits import Several
from services.hours.api.claiming import CLAIM, text_key
from services.hours.commands import FailAudit, PassAudit
from services.hours.forms import AuditForm, AuditRef, Long
from services.hours.rules.actors import MAY

router = APIRouter(tags=["audits 学时审核"])


@router.post(f"{CLAIM}/audit", response_model=Answer, openapi_extra=by(MAY[PassAudit]))
async def audit(
    person_id: UUID, year: Year, claim_id: UUID, form: AuditForm, click: Clicked
) -> JSONResponse:
    """Pass (通过) or refuse (不通过, with an opinion 审核意见) a claim that was sent here."""
    said = form.model_dump(include={"hours", "distinct", "opinion"})
    ref = AuditRef(person_id=person_id, year=year, claim_id=claim_id, **said)
    return await click.answer(
        _decision(click.envelope, ref, form.passed, form.opinion, text_key(click.desk))
    )


class Audits(Form):
    """批量审核: one answer for many claims; hours are stated, and doubles told apart, of each."""

    passed: bool
    opinion: Long = Field("", description="审核意见; required where not passed")
    claims: Several[AuditRef]


@router.post("/audits", openapi_extra=by(MAY[PassAudit]) | {"x-no-version": True})
async def audit_all(form: Audits, click: Clicked) -> list[ItemAnswer]:
    """Pass or refuse many at once (批量通过审核, 批量不通过审核); one refusal harms no other."""
    key = text_key(click.desk)
    return await click.answer_each(
        [
            _decision(click.item(n), ref, form.passed, form.opinion, key)
            for n, ref in enumerate(form.claims)
        ]
    )


def _decision(
    envelope: Envelope, ref: AuditRef, passed: bool, opinion: str, key: bytes
) -> PassAudit | FailAudit:
    said = opinion if ref.opinion is None else ref.opinion
    about = {
        "envelope": envelope,
        "person_id": ref.person_id,
        "year": ref.year,
        "claim_id": ref.claim_id,
        "opinion": said,
    }
    if not passed:
        return FailAudit(**about, opinion_digest=text_digest(said, key))
    digest = text_digest(said, key) if said else None
    return PassAudit(**about, hours=ref.hours, distinct=ref.distinct, opinion_digest=digest)
