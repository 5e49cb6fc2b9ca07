"""打印: the certificate as PDF, for its holder, while it is valid."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from libs.decider import Kind, Refused, Rule, conventions
from libs.decider.refusals import NOT_FOUND
from libs.policy import Pack
from libs.policy.windows import CHINA
from libs.runtime.following import laws
from libs.runtime.reading import select
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from services.certificates import qr, queries
from services.certificates.api.words import NOTHING, item
from services.certificates.desk import Counter
from services.certificates.paper import Printed, printed
from services.certificates.rules import asking, falling
from services.certificates.rules.asking import HOLDERS

router = APIRouter(tags=["papers 打印"])

FALLEN = Rule(
    "fallen-certificate-not-printed",
    "证书已失效，不能打印",
    conventions.PRINTING,
    "条件满足时，请重新生成证书",
    Kind.CONFLICT,
)
NO_HOLDER = Rule(
    "holder-not-in-directory",
    "人员名录中没有持证人信息",
    conventions.PRINTING,
    "请联系所在单位",
    Kind.CONFLICT,
)


@router.get(
    "/issued/{certificate_id}/paper",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
    openapi_extra=by(HOLDERS),
)
async def paper(certificate_id: UUID, desk: AtDesk, caller: Caller) -> Response:
    """The certificate as an A4 PDF with its QR (打印证书), for the holder while it is valid."""
    counter: Counter = desk.part("counter")
    now = desk.clock.now()
    async with desk.reading() as conn:
        row = await queries.certificate(conn, caller, certificate_id)
        if caller.role not in HOLDERS:
            raise Refused(NOT_FOUND)
        law = (await laws.read(conn)).versions[row["pack"], row["pack_version"]]
        if not row["valid"]:
            raise Refused(fallen(row["says"], law.pack))
        as_of = await queries.known_as_of(conn)
        if not queries.is_current(as_of, now):
            raise Refused(asking.NOT_CURRENT)
        holder = await select(
            conn,
            "SELECT name, masked AS masked_number FROM directory "
            "WHERE person_id = %s AND name IS NOT NULL",
            (row["person_id"],),
        )
    if not holder:
        raise Refused(NO_HOLDER)
    said = {**item(row, NOTHING), **holder[0]}
    one = Printed(**{name: said[name] for name in Printed.__dataclass_fields__})
    page = printed(one, law.pack, counter.office, counter.address)
    signed = qr.Paper(one.number, one.title, one.name, one.masked_number)
    text = qr.text(counter.address, signed, counter.signing)
    content = await counter.printer.print(page, text, now.astimezone(CHINA))
    named = attached(f"{one.title}{one.number}.pdf", f"{one.number}.pdf")
    return Response(content, 200, {"Cache-Control": "no-store"} | named, "application/pdf")


def fallen(says: str, pack: Pack) -> Rule:
    """Why a fallen one is not printed: by the document whose sentence it fell by, where one has
    it."""
    source = falling.source_of(pack, says)
    return FALLEN.because(says).citing(source or FALLEN.source)
