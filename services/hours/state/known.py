"""What is known beside the streams: the law, where people belong, which units there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from libs.decider.refusals import EVERYTHING
from libs.events.event import Event
from libs.policy import Law


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person belongs, as identity last said. `is_admin`: of the own unit."""

    unit_id: UUID
    department_id: UUID | None
    parent_id: UUID | None
    bureau_id: UUID
    jurisdiction: str
    confirmed: bool
    is_admin: bool = False

    @property
    def columns(self) -> Mapping[str, UUID | None]:
        """The scope columns of this person's records."""
        return {
            "unit_id": self.unit_id,
            "department_id": self.department_id,
            "parent_id": self.parent_id,
            "bureau_id": self.bureau_id,
        }


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a command names, or that a claim was sent to or passed by."""

    kind: str
    parent_id: UUID | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """Loaded once a batch. `heard`: as of when identity and policy are known."""

    laws: Mapping[tuple[str, int], Law] = field(default_factory=dict)
    people: Mapping[UUID, Place] = field(default_factory=dict)
    units: Mapping[UUID, Unit] = field(default_factory=dict)
    heard: datetime | None = EVERYTHING

    def law(self, person_id: UUID, year: int) -> Law | None:
        """The law of the person's jurisdiction for a year."""
        place = self.people.get(person_id)
        return self.laws.get((place.jurisdiction, year)) if place else None

    def after(self, events: Sequence[Event]) -> "HoursFacts":
        """Nothing that happens to hours changes what is known beside them."""
        del events
        return self
