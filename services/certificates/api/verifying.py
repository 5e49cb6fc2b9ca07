"""验证: anybody may ask whether a certificate holds, by its number or its QR. No login.

Valid is said only while it is known; else "not current". Personal data is masked, and shown
only so that it can be compared with the paper.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from libs.runtime.reading import Found, select
from libs.runtime.web.click import AtDesk
from services.certificates import numbers, qr, queries
from services.certificates.api.words import Fall, fall
from services.certificates.desk import Counter

router = APIRouter(tags=["verification 验证"])

Status = Literal["valid", "revoked", "unknown", "not_current"]
SHOWN: dict[Status, str] = {
    "valid": "有效",
    "revoked": "已失效",
    "unknown": "没有此编号的证书",
    "not_current": "数据未同步到最新，暂不能确认是否有效",
}


class Verification(BaseModel):
    """What is known of a certificate, and as of when."""

    number: str
    status: Status
    shown: str = Field(examples=["有效"])
    as_of: datetime | None = Field(description="Hours and identity are known as of then")
    title: str | None = None
    year: int | None = None
    issued_on: date | None = None
    name: str | None = Field(None, description="姓名, masked", examples=["张**"])
    masked_number: str | None = None
    unit_name: str | None = None
    fall: Fall | None = None
    replaces: str | None = None
    signature: Literal["genuine", "not_genuine"] | None = Field(
        None, description="Of the QR; not genuine also where the holder's name has changed since"
    )


_QUERY = """
SELECT c.*, d.name, d.masked AS masked_number
FROM certificates c LEFT JOIN directory d USING (person_id)
WHERE c.number = %s"""


@router.get("/v/{number}", openapi_extra={"x-open": True})
async def verify(
    number: Annotated[str, Path(max_length=40, examples=[numbers.EXAMPLE])],
    desk: AtDesk,
    request: Request,
) -> Verification:
    """Verify a certificate (证书验证) by number, or by what its QR says (after a question mark)."""
    counter: Counter = request.app.state.counter
    read = numbers.read(number)
    async with desk.reading() as conn:
        as_of = await queries.known_as_of(conn)
        rows = await select(conn, _QUERY, (read,)) if read else []
    current = queries.is_current(as_of, desk.clock.now())
    if not rows:
        said: Status = "unknown" if current or read is None else "not_current"
        return Verification(number=read or number, status=said, shown=SHOWN[said], as_of=as_of)
    row = rows[0]
    status: Status = "revoked" if not row["valid"] else "valid" if current else "not_current"
    return Verification(
        number=row["number"],
        status=status,
        shown=SHOWN[status],
        as_of=as_of,
        title=row["title"],
        year=row["year"],
        issued_on=row["issued_on"],
        name=masked(row["name"]),
        masked_number=row["masked_number"],
        unit_name=row["unit_name"],
        fall=_fall(row),
        replaces=row["replaces"],
        signature=_signature(request.url.query, row, counter),
    )


@router.get("/keys", openapi_extra={"x-open": True})
async def keys(request: Request) -> dict[str, Any]:
    """The public keys (JWKS) with which the signature in a QR is verified off line."""
    counter: Counter = request.app.state.counter
    return dict(counter.signing.public)


def masked(name: str | None) -> str | None:
    """张**: the first character, whatever the length."""
    return f"{name[0]}**" if name else None


def _fall(row: Found) -> Fall | None:
    said = fall(row)
    return Fall(**said) if said else None


def _signature(tail: str, row: Found, counter: Counter) -> Literal["genuine", "not_genuine"] | None:
    if not tail:
        return None
    found = qr.of(row["number"], tail)
    if found is None or row["name"] is None:
        return "not_genuine"
    paper = qr.Paper(row["number"], row["title"], row["name"], row["masked_number"])
    return "genuine" if qr.genuine(found, paper, counter.signing.public) else "not_genuine"
