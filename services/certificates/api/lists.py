"""证书列表: a learner's own, and those of the people in an admin's scope."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.events.scope import SEE_PEOPLE
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, decode, page
from services.certificates import queries
from services.certificates.api.words import CertificateItem, behind, item

router = APIRouter(tags=["certificates 证书"])


@router.get("/issued", openapi_extra=by(SEE_PEOPLE))
async def certificates(
    desk: AtDesk,
    caller: Caller,
    year: Year | None = None,
    kind: Annotated[
        str | None, Query(max_length=31, description="证书种类: annual or public")
    ] = None,
    valid: bool | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[CertificateItem]:
    """Certificates from holder to holder, the newest of each first, with the causes of those that
    fell (证书及失效记录)."""
    last = decode(cursor, tuple[UUID, UUID]) if cursor else None
    wanted = queries.Wanted(year, kind, valid, last)
    async with desk.reading() as conn:
        rows = await queries.certificates(conn, caller, wanted, limit)
        known = await behind(conn, rows)
    return page(
        rows,
        limit,
        lambda row: CertificateItem(**item(row, known)),
        lambda row: [str(row["person_id"]), str(row["certificate_id"])],
    )
