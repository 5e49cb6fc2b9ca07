"""What is known beside the streams: the law, and which units hold which titles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from libs.decider.refusals import EVERYTHING
from libs.events.event import Event
from libs.policy import Law


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and the levels of the titles of a base that it holds (继续教育基地)."""

    jurisdiction: str
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """Loaded once a batch. `heard`: as of when identity and policy are known."""

    laws: Mapping[tuple[str, int], Law] = field(default_factory=dict)
    units: Mapping[UUID, Unit] = field(default_factory=dict)
    heard: datetime | None = EVERYTHING

    def about_filing(self, jurisdiction: str, year: int) -> Law | None:
        """The law on the filing of classes of this year: of the packs that speak of filing the
        latest that is not after it, since a notice on filing holds until another takes its place.
        """
        said = [
            (of_year, law)
            for (where, of_year), law in self.laws.items()
            if where == jurisdiction and of_year <= year and law.pack.says("filing")
        ]
        return max(said, key=lambda found: found[0])[1] if said else None

    def by_pack(self, name: str) -> Law | None:
        """The law under which a class was filed, as it reads now."""
        return next((law for law in self.laws.values() if law.pack.id == name), None)

    def of_its_year(self, pack: str, year: int) -> Law | None:
        """The law by which the hours of a class are recognised that was filed under this pack and
        ends in this year, once that year's pack is published."""
        filed = self.by_pack(pack)
        return self.laws.get((filed.pack.jurisdiction, year)) if filed else None

    def after(self, events: Sequence[Event]) -> "FilingFacts":
        """Nothing that happens to a filing changes what is known beside it."""
        del events
        return self
