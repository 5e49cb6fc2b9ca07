"""The facts: what is known here of hours, identity and policy when a decision is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from libs.events.certificates import CertificateIssued
from libs.events.event import Event
from libs.events.hours import PackVersion
from libs.policy import Law, Pack
from services.certificates.state.ledger import Ledger, Year

NO_ENTRIES = Ledger()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person belongs."""

    unit_id: UUID
    unit_name: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Known:
    """Ledgers, places, laws, numbers given, and as of when each context is known."""

    ledgers: Mapping[UUID, Ledger] = field(default_factory=dict)
    marks: Mapping[UUID, int] = field(default_factory=dict)  # up to which kept event each ledger is
    places: Mapping[UUID, Place] = field(default_factory=dict)
    laws: Mapping[tuple[str, int], Law] = field(default_factory=dict)  # jurisdiction, year
    versions: Mapping[tuple[str, int], Law] = field(default_factory=dict)  # pack, version
    heard: Mapping[str, datetime] = field(default_factory=dict)
    may_lag: timedelta = timedelta()
    taken: frozenset[str] = frozenset()

    def after(self, events: Sequence[Event]) -> "Known":
        """The facts once these events have happened: their numbers are given."""
        new = {event.number for event in events if isinstance(event, CertificateIssued)}
        return replace(self, taken=self.taken | new) if new else self

    def year(self, person: UUID, year: int) -> Year:
        """The person's entries of a year."""
        return self.ledgers.get(person, NO_ENTRIES).year(year)

    def law(self, person: UUID, year: int) -> Law | None:
        """The law of the person's jurisdiction and that year, if one has been heard of."""
        place = self.places.get(person)
        return self.laws.get((place.jurisdiction, year)) if place else None

    def version(self, pack: PackVersion) -> Pack:
        """The pack by which a certificate was issued; KeyError never, for it was known then."""
        return self.versions[pack.pack, pack.version].pack

    def heard_of(self, *contexts: str) -> datetime | None:
        """Up to which instant all of these contexts are known; None where one was never heard."""
        known = [self.heard[context] for context in contexts if context in self.heard]
        return min(known) if len(known) == len(contexts) else None

    def current(self, at: datetime, *contexts: str) -> bool:
        """Whether each of these contexts is known as it was a moment ago."""
        return all(
            context in self.heard and at - self.heard[context] <= self.may_lag
            for context in contexts
        )
