"""The ledger (学时档案) as far as certificates need it: what joined, what left, in any order.

Two sets a year, one of what joined and one of what left; an entry stands when it is in the
first alone. So a deletion that is heard of before its entry keeps it from ever standing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from libs.events.hours import RevokedFor
from libs.events.values import HalfDay
from libs.policy import Line


class Entry(NamedTuple):
    """An entry of the ledger: what counts, and when it was."""

    line: Line
    began: HalfDay
    ended: HalfDay


@dataclass(frozen=True, slots=True)
class Year:
    """One person's entries of one year."""

    joined: Mapping[UUID, Entry] = field(default_factory=dict)
    left: Mapping[UUID, RevokedFor] = field(default_factory=dict)  # in the order it was heard

    def standing(self) -> Iterator[Entry]:
        """What stands."""
        if not self.left:
            return iter(self.joined.values())
        return (entry for id_, entry in self.joined.items() if id_ not in self.left)

    def lines(self) -> Iterator[Line]:
        """What stands, as a law counts it."""
        return (entry.line for entry in self.standing())


NOTHING = Year()


@dataclass(frozen=True, slots=True)
class Ledger:
    """One person's entries, year by year."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def year(self, year: int) -> Year:
        """That year's."""
        return self.years.get(year, NOTHING)

    def joins(self, year: int, entry: Entry) -> "Ledger":
        """学时认定: an entry has joined."""
        before = self.year(year)
        after = Year({**before.joined, entry.line.entry: entry}, before.left)
        return Ledger({**self.years, year: after})

    def leaves(self, year: int, entry: UUID, cause: RevokedFor) -> "Ledger":
        """学时撤销: an entry has left for this, whether or not it was seen joining."""
        before = self.year(year)
        if entry in before.left:
            return self
        return Ledger({**self.years, year: Year(before.joined, {**before.left, entry: cause})})
