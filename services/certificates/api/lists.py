"""证书列表: a learner's own, and those of the people in an admin's scope."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from libs.events.scope import SEE_PEOPLE
from libs.runtime.reading import select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, decode, page
from services.certificates import queries
from services.certificates.api.words import CertificateItem, behind, item

router = APIRouter(tags=["certificates 证书"])

_LIST = """
SELECT c.* FROM certificates c LEFT JOIN people USING (person_id)
WHERE ({scope})
  AND (%s::int IS NULL OR c.year = %s) AND (%s::text IS NULL OR c.kind = %s)
  AND (%s::bool IS NULL OR c.valid = %s) AND (%s::uuid IS NULL OR c.certificate_id < %s)
ORDER BY c.certificate_id DESC LIMIT %s"""


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
    """Certificates, newest first, with the causes of those that fell (证书及失效记录)."""
    after = decode(cursor, tuple[UUID])[0] if cursor else None
    scope, values = queries.in_scope(caller)
    twice: list[Any] = [value for one in (year, kind, valid, after) for value in (one, one)]
    async with desk.reading() as conn:
        rows = await select(conn, _LIST.format(scope=scope), [*values, *twice, limit + 1])
        known = await behind(conn, rows)
    return page(
        rows,
        limit,
        lambda row: CertificateItem(**item(row, known)),
        lambda row: [str(row["certificate_id"])],
    )
