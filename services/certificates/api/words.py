"""The words of the API: what a certificate and its fall look like to a caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import Path
from psycopg import AsyncConnection
from pydantic import BaseModel, Field

from libs.events.certificates import Kind, Why
from libs.events.hours import RevokedFor
from libs.events.values import HalfDay, Hours
from libs.policy import Law, Pack, Silent
from libs.runtime.following import laws
from libs.runtime.reading import Found
from libs.runtime.web.shown import ChinaTime
from services.certificates import queries
from services.certificates.numbers import EXAMPLE
from services.certificates.rules import falling
from services.certificates.state import Ledger
from services.certificates.state.known import NO_ENTRIES

KindInPath = Annotated[
    Kind, Path(description="证书种类: annual 合格证书, public 公需科目考试合格证书")
]


class FallenEntry(BaseModel):
    """The entry whose leaving the ledger made a certificate fall."""

    category: str | None = Field(None, description="科目, its code", examples=["professional"])
    began: str | None = Field(None, description="开始时间", examples=["2024-11-04/am"])
    ended: str | None = Field(None, description="结束时间", examples=["2024-11-06/am"])
    hours: str | None = Field(None, description="认定学时", examples=["4.00"])
    shown: str = Field(
        "",
        description="The entry in words",
        examples=["专业科目，2024年11月4日上午至2024年11月6日上午，4 学时"],
    )


class Fall(BaseModel):
    """失效: when, why, because of which entry, and by which rule."""

    at: ChinaTime = Field(description="失效时间")
    why: str = Field(description="失效原因, its code", examples=["hours_revoked", "exchanged"])
    shown: str = Field(
        "", description="失效原因 in words", examples=[falling.TOLD[RevokedFor.DELETED]]
    )
    entry: FallenEntry | None = None
    rule: str = Field(description="依据", examples=["2024年度学习通知 附件2 二（二）3"])
    says: str = Field(description="条文；该条没有写明此种情形的，为失效的说明")
    replaced_by: str | None = Field(None, description="换发的新证书编号")


class CertificateItem(BaseModel):
    """A certificate (证书)."""

    certificate_id: UUID
    person_id: UUID
    kind: str = Field(description="证书种类", examples=["annual"])
    year: int
    number: str = Field(description="证书编号", examples=[EXAMPLE])
    title: str = Field(description="证书名称")
    totals: dict[str, str] = Field(description="计入学时, by category and total")
    unit_name: str
    issued_on: date = Field(description="生成日期, in China's calendar")
    pack: str = Field(description="政策编号, its terms")
    replaces: str | None = Field(None, description="换发前的证书编号")
    valid: bool = Field(description="有效")
    fall: Fall | None = None
    version: int


WHY = {
    Why.HOURS_REVOKED: "已认定的学时被删除或撤销认定",
    Why.EXCHANGED: "已换发新证书",
    Why.PACK_CORRECTED: "政策更正",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What falls are told by: the laws, by pack and version, in whose words; and the holders'
    ledgers, which say why an entry left."""

    laws: Mapping[tuple[str, int], Law]
    ledgers: Mapping[UUID, Ledger]


NOTHING = Behind({}, {})


async def behind(conn: AsyncConnection, rows: Sequence[Found]) -> Behind:
    """What the falls of these certificates are told by; nothing where no entry felled one."""
    fallen = {row["person_id"] for row in rows if row["fallen"]}
    if not fallen:
        return NOTHING
    ledgers = await queries.ledgers_of(conn, fallen)
    return Behind((await laws.read(conn)).versions, ledgers)


def item(row: Found, known: Behind) -> dict[str, Any]:
    """A row of `certificates` as the API says it."""
    said = {name: row[name] for name in CertificateItem.model_fields if name in row}
    return {**said, "totals": msgspec.json.decode(row["totals"]), "fall": fall(row, known)}


def fall(row: Found, known: Behind) -> dict[str, Any] | None:
    """How it fell, if it did."""
    if row["valid"]:
        return None
    entry = msgspec.json.decode(row["fallen"]) if row["fallen"] else None
    law = known.laws.get((row["pack"], row["pack_version"]))
    return {
        "at": row["revoked_at"],
        "why": row["why"],
        "shown": _why(row, entry, known),
        "entry": entry and {**entry, "shown": _shown(entry, law.pack if law else None)},
        "rule": row["rule"],
        "says": row["says"],
        "replaced_by": row["replaced_by"],
    }


def _why(row: Found, entry: Mapping[str, str] | None, known: Behind) -> str:
    """Why the entry left, where one did: an exam that was annulled is no deletion."""
    ledger = known.ledgers.get(row["person_id"], NO_ENTRIES)
    cause = ledger.year(row["year"]).left.get(UUID(entry["entry_id"])) if entry else None
    return falling.TOLD[cause] if cause else WHY[Why(row["why"])]


def _shown(entry: Mapping[str, str | None], pack: Pack | None) -> str:
    """As much of it as is known: a deletion may come before what it deletes."""
    said = [_name_of(entry["category"], pack)] if entry.get("category") else []
    if entry.get("began") and entry.get("ended"):
        began, ended = (HalfDay.parse(str(entry[end])).shown for end in ("began", "ended"))
        said.append(began if began == ended else f"{began}至{ended}")
    if entry.get("hours"):
        said.append(f"{Hours.parse(str(entry['hours'])).shown} 学时")
    return "，".join(said)


def _name_of(category: str | None, pack: Pack | None) -> str:
    try:
        return pack.category(category).name if pack and category else str(category)
    except Silent:
        return str(category)
