"""The words of the API: what a certificate and its fall look like to a caller."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import Path
from pydantic import BaseModel, Field

from libs.events.certificates import Kind
from libs.runtime.reading import Found
from services.certificates.numbers import EXAMPLE

KindInPath = Annotated[Kind, Path(description="annual 合格证书, public 公需科目考试合格证书")]


class FallenEntry(BaseModel):
    """The entry whose leaving the ledger made a certificate fall."""

    category: str | None = Field(None, examples=["professional"])
    began: str | None = Field(None, examples=["2024-11-04/am"])
    ended: str | None = Field(None, examples=["2024-11-06/am"])
    hours: str | None = Field(None, description="认定学时", examples=["4.00"])


class Fall(BaseModel):
    """失效: when, why, because of which entry, and by which rule."""

    at: datetime
    why: str = Field(examples=["hours_revoked", "exchanged"])
    entry: FallenEntry | None = None
    rule: str = Field(description="依据", examples=["2024年度学习通知 附件2 二（二）3"])
    says: str = Field(description="条文")
    replaced_by: str | None = Field(None, description="换发的新证书编号")


class CertificateItem(BaseModel):
    """A certificate (证书)."""

    certificate_id: UUID
    person_id: UUID
    kind: str = Field(examples=["annual"])
    year: int
    number: str = Field(description="证书编号", examples=[EXAMPLE])
    title: str
    totals: dict[str, str] = Field(description="计入学时, by category and total")
    unit_name: str
    issued_on: date = Field(description="生成日期, in China's calendar")
    pack: str
    replaces: str | None = Field(None, description="换发前的证书编号")
    valid: bool = Field(description="有效")
    fall: Fall | None = None
    version: int


def item(row: Found) -> dict[str, Any]:
    """A row of `certificates` as the API says it."""
    said = {name: row[name] for name in CertificateItem.model_fields if name in row}
    return {**said, "totals": msgspec.json.decode(row["totals"]), "fall": fall(row)}


def fall(row: Found) -> dict[str, Any] | None:
    """How it fell, if it did."""
    if row["valid"]:
        return None
    return {
        "at": row["revoked_at"],
        "why": row["why"],
        "entry": msgspec.json.decode(row["fallen"]) if row["fallen"] else None,
        "rule": row["rule"],
        "says": row["says"],
        "replaced_by": row["replaced_by"],
    }
