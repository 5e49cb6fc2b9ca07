"""生成、换发: what a learner does with certificates."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.scope import SEE_PEOPLE
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Click, Clicked
from libs.runtime.web.forms import Year
from services.certificates import numbers, queries
from services.certificates.api.words import CertificateItem, KindInPath, behind, item
from services.certificates.commands import ExchangeCertificate, GenerateCertificate
from services.certificates.rules import asking
from services.certificates.rules.asking import HOLDERS

router = APIRouter(tags=["certificates 证书"])

TRIES = 3  # a number that exists already is less likely than a broken disk


@router.post(
    "/years/{year}/{kind}", status_code=201, response_model=Answer, openapi_extra=by(HOLDERS)
)
async def generate(year: Year, kind: KindInPath, click: Clicked) -> JSONResponse:
    """Generate the certificate of this kind and year (生成证书), by the learner himself."""

    def command() -> GenerateCertificate:
        return GenerateCertificate(
            envelope=click.envelope,
            person_id=click.envelope.actor.id,
            certificate_id=uuid7(),
            number=numbers.new(year),
            kind=kind,
            year=year,
        )

    return await _answered(click, command)


@router.post(
    "/issued/{certificate_id}/exchange",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(HOLDERS),
)
async def exchange(certificate_id: UUID, click: Clicked, desk: AtDesk) -> JSONResponse:
    """Exchange a valid certificate (换发): the old number falls, the new one names it."""
    async with desk.reading() as conn:
        old = await queries.certificate(conn, click.envelope.actor, certificate_id)

    def command() -> ExchangeCertificate:
        return ExchangeCertificate(
            envelope=click.envelope,
            person_id=old["person_id"],
            certificate_id=uuid7(),
            old_id=certificate_id,
            number=numbers.new(old["year"]),
        )

    return await _answered(click, command)


Ask = Callable[[], GenerateCertificate | ExchangeCertificate]


async def _answered(click: Click, command: Ask) -> JSONResponse:
    for left in reversed(range(TRIES)):
        try:
            return await click.answer(command(), 201)
        except Refused as refused:
            if refused.rule.code != asking.NUMBER_TAKEN.code or not left:
                raise
    raise Refused(asking.NUMBER_TAKEN)


@router.get(
    "/issued/{certificate_id}", response_model=CertificateItem, openapi_extra=by(SEE_PEOPLE)
)
async def issued(
    certificate_id: UUID, desk: AtDesk, caller: Caller, response: Response
) -> dict[str, object]:
    """A certificate, with the cause if it has fallen (证书详情)."""
    async with desk.reading() as conn:
        row = await queries.certificate(conn, caller, certificate_id)
        known = await behind(conn, [row])
    response.headers["ETag"] = f'"{row["version"]}"'
    return item(row, known)
