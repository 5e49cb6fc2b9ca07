"""One rule, two uses: may this record be seen, and which records may be listed.

`allows` asks it of one record, `sql` makes it the condition of a query. They never differ: a
property test compares them over random organisations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Record = Mapping[str, Any]
Condition = tuple[str, list[Any]]


class Predicate(Protocol):
    """A condition on a record's columns."""

    def allows(self, record: Record, /) -> bool:
        """Whether it holds for this record."""

    def sql(self) -> Condition:
        """The same as a condition with its parameters."""


@dataclass(frozen=True, slots=True)
class Everything(Predicate):
    """No condition."""

    def allows(self, _record: Record, /) -> bool:
        """Always."""
        return True

    def sql(self) -> Condition:
        """true"""
        return "true", []


@dataclass(frozen=True, slots=True)
class Nothing(Predicate):
    """No record."""

    def allows(self, _record: Record, /) -> bool:
        """Never."""
        return False

    def sql(self) -> Condition:
        """false"""
        return "false", []


@dataclass(frozen=True, slots=True)
class Is(Predicate):
    """The column has this value; a column without a value has none, and no value means nothing."""

    column: str
    value: Any

    def allows(self, record: Record, /) -> bool:
        """Equal, and not null."""
        return self.value is not None and record.get(self.column) == self.value

    def sql(self) -> Condition:
        """column = %s"""
        return f"{self.column} = %s", [self.value]


@dataclass(frozen=True, slots=True)
class AllOf(Predicate):
    """Each of these."""

    parts: Sequence[Predicate]

    def allows(self, record: Record, /) -> bool:
        """All hold."""
        return all(part.allows(record) for part in self.parts)

    def sql(self) -> Condition:
        """a AND b"""
        return _joined(" AND ", self.parts, "true")


@dataclass(frozen=True, slots=True)
class AnyOf(Predicate):
    """One of these."""

    parts: Sequence[Predicate]

    def allows(self, record: Record, /) -> bool:
        """Some hold."""
        return any(part.allows(record) for part in self.parts)

    def sql(self) -> Condition:
        """a OR b"""
        return _joined(" OR ", self.parts, "false")


def _joined(word: str, parts: Sequence[Predicate], empty: str) -> Condition:
    conditions = [part.sql() for part in parts]
    text = word.join(f"({condition})" for condition, _ in conditions) or empty
    return text, [value for _, values in conditions for value in values]
