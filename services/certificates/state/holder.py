"""One person's certificates and standings, as the own events tell them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from libs.events.certificates import (
    CertificateIssued,
    CertificateRevoked,
    Fallen,
    StandingChanged,
    Why,
)
from libs.events.hours import PackVersion
from libs.events.values import Hours

CertificatesEvent = StandingChanged | CertificateIssued | CertificateRevoked


@dataclass(frozen=True, slots=True)
class Fall:
    """Why a certificate is no longer valid."""

    why: Why
    fallen: Fallen | None
    replaced_by: str | None
    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: what it says, what it rests on, and its fall if it fell."""

    id: UUID
    kind: str
    year: int
    number: str
    title: str
    entries: frozenset[UUID]
    gone: frozenset[UUID]
    totals: Mapping[str, Hours]
    unit_id: UUID
    unit_name: str
    pack: PackVersion
    issued_on: date
    replaces: str | None
    fall: Fall | None = None

    @property
    def valid(self) -> bool:
        """有效."""
        return self.fall is None


@dataclass(frozen=True, slots=True)
class Judged:
    """达标情况: the kinds whose conditions a year met when it was last judged, and by which law."""

    satisfied: tuple[str, ...]
    pack: PackVersion


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with certificates, or on the way to one."""

    person_id: UUID | None = None
    certificates: Mapping[UUID, Certificate] = field(default_factory=dict)
    standings: Mapping[int, Judged] = field(default_factory=dict)

    def valid(self, year: int) -> Iterator[Certificate]:
        """The valid certificates of a year."""
        return (c for c in self.certificates.values() if c.year == year and c.valid)

    def valid_one(self, kind: str, year: int) -> Certificate | None:
        """The valid certificate of this kind and year; there is never a second."""
        return next((c for c in self.valid(year) if c.kind == kind), None)


def evolve(state: Holder, event: CertificatesEvent) -> Holder:
    """One event further."""
    match event:
        case StandingChanged():
            judged = Judged(event.satisfied, event.pack)
            return replace(
                state,
                person_id=event.person_id,
                standings={**state.standings, event.year: judged},
            )
        case CertificateIssued():
            issued = _issued(event)
            return replace(
                state,
                person_id=event.person_id,
                certificates={**state.certificates, issued.id: issued},
            )
        case CertificateRevoked(certificate_id=one):
            fall = Fall(event.why, event.fallen, event.replaced_by, event.rule, event.says)
            fallen = replace(state.certificates[one], fall=fall)
            return replace(state, certificates={**state.certificates, one: fallen})
        case _:
            assert_never(event)


def _issued(event: CertificateIssued) -> Certificate:
    return Certificate(
        id=event.certificate_id,
        kind=event.kind,
        year=event.year,
        number=event.number,
        title=event.title,
        entries=frozenset(event.entries),
        gone=frozenset(event.gone),
        totals=event.totals,
        unit_id=event.unit_id,
        unit_name=event.unit_name,
        pack=event.pack,
        issued_on=event.issued_on,
        replaces=event.replaces,
    )
