"""验证: anybody may ask whether a certificate holds, by its number or its QR. No login.

Valid is said only while it is known; else "not current". Personal data is masked, and shown
only so that it can be compared with the paper. With a QR that the platform did not sign the
number is not answered for: what the register says of it would vouch for another's paper.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from libs.runtime.reading import Found, select
from libs.runtime.web.click import AtDesk
from libs.runtime.web.shown import ChinaTime
from services.certificates import numbers, qr, queries
from services.certificates.api.words import Behind, Fall, behind, fall
from services.certificates.desk import Counter

router = APIRouter(tags=["verification 验证"])

Status = Literal["valid", "revoked", "unknown", "not_current", "not_genuine", "not_checkable"]
SHOWN: dict[Status, str] = {
    "valid": "有效",
    "revoked": "已失效",
    "unknown": "没有此编号的证书",
    "not_current": "数据未同步到最新，暂不能确认是否有效",
    "not_genuine": "二维码与登记信息不符，此纸质证书不能作为凭证",
    "not_checkable": "持证人信息已不在平台，二维码无法核对",
}
TO_DO: dict[Status, str] = {
    "valid": "请核对姓名、证件号码与纸质证书是否一致",
    "revoked": "请勿以此证书为准；换发的，请验证新证书编号",
    "unknown": "请核对证书编号后重新输入",
    "not_current": "请稍后再次验证",
    "not_genuine": (
        "请勿以此纸质证书为准。本人信息更正过的，请持证人重新打印后再扫码；"
        "该编号的登记情况，请只按证书编号查询，并逐项核对"
    ),
    "not_checkable": "请向持证人所在单位或主管部门核实",
}


Unsigned = Literal["not_genuine", "not_checkable"]
Signature = Unsigned | Literal["genuine"]


class Verification(BaseModel):
    """What is known of a certificate, and as of when."""

    number: str = Field(description="证书编号, as it was asked for")
    status: Status = Field(description="验证结果, its code")
    shown: str = Field(description="The status in words (验证结果)", examples=["有效"])
    to_do: str = Field(description="What the reader does now (提示)", examples=[TO_DO["valid"]])
    as_of: ChinaTime | None = Field(
        description="This is known as of then: of hours and identity as far as they have been "
        "heard, and never before the fall that it tells"
    )
    title: str | None = Field(None, description="证书名称")
    year: int | None = None
    issued_on: date | None = None
    name: str | None = Field(None, description="姓名, masked", examples=["张**"])
    masked_number: str | None = None
    unit_name: str | None = None
    fall: Fall | None = None
    replaces: str | None = None
    signature: Signature | None = Field(
        None, description="Of the QR; not genuine also where the holder's name has changed since"
    )

    @classmethod
    def only(cls, number: str, status: Status, as_of: datetime | None) -> "Verification":
        """The status, and nothing of what the register says."""
        signature: Signature | None = None
        if status == "not_genuine" or status == "not_checkable":
            signature = status
        return cls(
            number=number,
            status=status,
            shown=SHOWN[status],
            to_do=TO_DO[status],
            as_of=as_of,
            signature=signature,
        )


_QUERY = """
SELECT c.*, d.name, d.masked AS masked_number
FROM certificates c LEFT JOIN directory d USING (person_id)
WHERE c.number = %s"""


@router.get("/v/{number}", openapi_extra={"x-open": True})
async def verify(
    number: Annotated[str, Path(max_length=40, description="证书编号", examples=[numbers.EXAMPLE])],
    desk: AtDesk,
    request: Request,
) -> Verification:
    """Verify a certificate (证书验证) by number, or by what its QR says (after a question mark)."""
    counter: Counter = desk.part("counter")
    read = numbers.read(number)
    async with desk.reading() as conn:
        as_of = await queries.known_as_of(conn)
        rows = await select(conn, _QUERY, (read,)) if read else []
        known = await behind(conn, rows)
    current = queries.is_current(as_of, desk.clock.now())
    if not rows:
        said: Status = "unknown" if current or read is None else "not_current"
        return Verification.only(read or number, said, as_of)
    row = rows[0]
    signature = _signature(request.url.query, row, counter)
    if signature == "not_genuine" or signature == "not_checkable":
        return Verification.only(row["number"], signature, as_of)
    status: Status = "revoked" if not row["valid"] else "valid" if current else "not_current"
    return Verification(
        number=row["number"],
        status=status,
        shown=SHOWN[status],
        to_do=TO_DO[status],
        as_of=queries.told_as_of(as_of, row["revoked_at"]),
        title=row["title"],
        year=row["year"],
        issued_on=row["issued_on"],
        name=masked(row["name"]),
        masked_number=row["masked_number"],
        unit_name=row["unit_name"],
        fall=_fall(row, known),
        replaces=row["replaces"],
        signature=signature,
    )


@router.get("/keys", openapi_extra={"x-open": True})
async def keys(desk: AtDesk) -> dict[str, Any]:
    """The public keys (验证公钥, JWKS) with which the signature in a QR is verified off line."""
    counter: Counter = desk.part("counter")
    return dict(counter.signing.public)


def masked(name: str | None) -> str | None:
    """张**: the first character, whatever the length."""
    return f"{name[0]}**" if name else None


def _fall(row: Found, known: Behind) -> Fall | None:
    said = fall(row, known)
    return Fall(**said) if said else None


def _signature(tail: str, row: Found, counter: Counter) -> Signature | None:
    """Of what follows the number; programs that pass a link on add words of their own after &."""
    if not tail:
        return None
    found = qr.of(row["number"], tail.partition("&")[0])
    if found is None:
        return "not_genuine"
    if row["name"] is None:
        return "not_checkable"
    paper = qr.Paper(row["number"], row["title"], row["name"], row["masked_number"])
    return "genuine" if qr.genuine(found, paper, counter.signing.public) else "not_genuine"
