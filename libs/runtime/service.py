"""What a context hands to the machinery: its decisions, its facts, its rows, its reactions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from libs.decider import Decider
from libs.events.command import Command
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.events.registry import Registry
from libs.runtime.refold import Refold
from libs.runtime.tables import Gone, Row, Rows, Statement, Table


class Touch(NamedTuple):
    """The last event about a resource: its position is the resource's version."""

    position: int
    at: datetime


class Facts(Protocol):
    """What decisions may read beside their stream; kept current inside a batch."""

    def after(self, events: Sequence[Event]) -> "Facts":
        """The facts once these events have happened."""


class Lookup(Protocol):
    """How facts are loaded: statements asked in one round trip, their answers made a record."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """What these commands' decisions may read."""

    def answer(self, results: Sequence[Rows]) -> Facts:
        """The record, from the statements' rows in their order."""


class NoFacts:
    """For decisions that read their stream alone."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Nothing."""
        del commands
        return ()

    def answer(self, results: Sequence[Rows]) -> "NoFacts":
        """Nothing."""
        del results
        return self

    def after(self, events: Sequence[Event]) -> "NoFacts":
        """Nothing, still."""
        del events
        return self


class StreamRows(Protocol):
    """The rows that a stream's state means. `touched` are the resources to write anew."""

    def __call__(
        self, state: Any, touched: Collection[UUID], touches: Mapping[UUID, Touch], /
    ) -> Iterable[Row | Gone]: ...


def forget(facts: Any) -> None:
    """For lookups that keep nothing between batches."""
    del facts


def no_rows(
    state: Any, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """For streams that nobody lists."""
    del state, touched, touches
    return ()


@dataclass(frozen=True, slots=True)
class Stream:
    """A kind of stream, named by the first part of its id: how it decides, what it shows."""

    decider: Decider[Any, Any, Any, Any]
    rows: StreamRows = no_rows


class Reaction(Protocol):
    """What foreign events mean here: rows at once, and commands.

    `ask` runs under the write lock after the rows are written; `commands` reads its answers.
    """

    def rows(self, events: Sequence[Recorded[Event]]) -> Iterable[Row | Gone]:
        """Rows that follow from the foreign events alone."""

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """What must be known to turn them into commands."""

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """The commands that they cause, in order."""


PrivateRows = Callable[[Command, Sequence[Event]], Iterable[Row | Gone]]


def no_private(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """For contexts that keep no texts."""
    del command, events
    return ()


@dataclass(frozen=True)
class Service:
    """A bounded context, as the machinery sees it."""

    name: str
    events: Registry
    streams: Mapping[str, Stream]
    facts: Lookup = field(default_factory=NoFacts)
    committed: Callable[[Any], None] = forget  # told the facts of each batch that was committed
    views: Sequence[Table] = ()
    private_tables: Sequence[Table] = ()
    private: PrivateRows = no_private
    reactions: Mapping[str, Reaction] = field(default_factory=dict)  # by context
    foreign: Registry = field(default_factory=lambda: Registry(()))
    log_indexes: Sequence[str] = ()  # by which it reads its own log, beside position and stream
    refold: Refold | None = None  # rows that its own judgements made, derived anew by a rebuild

    @property
    def topic(self) -> str:
        """The context's own topic."""
        return f"{self.name}.events"
