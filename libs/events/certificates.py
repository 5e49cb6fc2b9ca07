"""What happens to certificates (合格证书). Only a deletion, an annulment or an exchange revokes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from libs.events.event import Event
from libs.events.hours import PackVersion
from libs.events.values import CategoryCode, HalfDay, Hours

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,30}$")]
"""A kind of certificate, in the pack's word: `annual` or `public` in Guangxi."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}[0-9A-HJKMNP-TV-Z]{11}$")]
"""证书编号: the year, 10 random characters of 32 and a check character of the same 32."""

Totals = Annotated[dict[str, Hours], AfterValidator(lambda found: dict(sorted(found.items())))]
"""Hours by category, and `total`; in one order, so that equal totals have equal bytes."""


class Why(StrEnum):
    """Why a certificate fell."""

    HOURS_REVOKED = "hours_revoked"  # 删除学时后原证书自动失效
    EXCHANGED = "exchanged"  # 换发
    PACK_CORRECTED = "pack_corrected"


class Fallen(BaseModel):
    """The entry whose leaving the ledger made a certificate fall."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    entry_id: UUID
    category: CategoryCode | None = None  # unknown where the deletion came before the entry
    began: HalfDay | None = None
    ended: HalfDay | None = None
    hours: Hours | None = None


class _CertificateEvent(Event):
    about: ClassVar[str] = "certificate_id"

    certificate_id: UUID
    person_id: UUID
    kind: Kind
    year: int
    number: Number


class StandingChanged(Event):
    """达标情况变化: which certificates' conditions the person's year satisfies now."""

    person_id: UUID
    year: int
    satisfied: tuple[Kind, ...]
    total: Hours
    pack: PackVersion


class CertificateIssued(_CertificateEvent):
    """生成证书: with the entries and totals that it rests on.

    `gone` are the entries that had left the ledger by then: they can't make it fall any more.
    """

    title: str
    entries: tuple[UUID, ...]
    gone: tuple[UUID, ...] = ()
    totals: Totals
    unit_id: UUID
    unit_name: str  # as it was then, and as printed
    pack: PackVersion
    issued_on: date  # in China's calendar, as printed
    replaces: Number | None = None


class CertificateRevoked(_CertificateEvent):
    """证书失效: since when, and because of which entry, by which rule."""

    why: Why
    fallen: Fallen | None = None
    replaced_by: Number | None = None
    rule: str  # the document and article
    says: str = ""  # its sentence
