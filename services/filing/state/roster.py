"""参训学员名单 as a filing remembers it: who, by row, and one digest over all of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from libs.events.filing import RosterRow


class Attendee(NamedTuple):
    """One row: a registered person, or the keyed digest of a number that is not yet."""

    row: int
    person_id: UUID | None
    number_digest: str | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster that was imported last."""

    id: UUID
    attendees: tuple[Attendee, ...] = ()

    def with_rows(self, rows: Iterable[RosterRow]) -> "Roster":
        """One chunk more."""
        more = tuple(Attendee(r.row, r.person_id, r.number_digest) for r in rows)
        return replace(self, attendees=self.attendees + more)

    @property
    def rows(self) -> frozenset[int]:
        """The numbers of its rows."""
        return frozenset(a.row for a in self.attendees)

    def row_of(self, person_id: UUID) -> int | None:
        """In which row a registered person stands."""
        return next((a.row for a in self.attendees if a.person_id == person_id), None)

    @property
    def digest(self) -> str:
        """SHA-256 over a line for each row in their order: `row person number-digest`."""
        lines = [f"{a.row} {a.person_id or '-'} {a.number_digest or '-'}\n" for a in self.attendees]
        return sha256("".join(lines).encode()).hexdigest()
