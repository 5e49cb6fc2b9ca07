"""A small context of the tests that notes, exactly once, what the tally context added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from libs.decider import Decider
from libs.events.command import Command
from libs.events.envelope import Actor, Envelope, Recorded, Role
from libs.events.event import Event
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.service import NoFacts, Service, Stream, Touch
from libs.runtime.settings import Settings
from libs.runtime.tables import Gone, Row, Rows, Statement, Table
from tests.component import tally

BROKEN = 1313
MIRROR = Actor(UUID(int=1), Role.SERVICE)


class Noted(Event):
    """记下: an amount was noted."""

    subject: ClassVar[str] = "account_id"
    about: ClassVar[str] = "account_id"

    account_id: UUID
    amount: int


class Note(Command):
    """Note an amount. An amount of BROKEN breaks the decider itself."""

    account_id: UUID
    amount: int

    @property
    def stream(self) -> str:
        """The account's own."""
        return f"mirror/{self.account_id}"

    @property
    def resource(self) -> UUID:
        """The account."""
        return self.account_id


@dataclass(frozen=True)
class Notes:
    """What has been noted."""

    amounts: tuple[int, ...] = ()


def decide(command: Note, _state: Notes, _facts: NoFacts) -> Sequence[Noted]:
    """All but BROKEN."""
    if command.amount == BROKEN:
        raise ZeroDivisionError("a defect in a decision")
    return [Noted(account_id=command.account_id, amount=command.amount)]


def evolve(state: Notes, event: Noted) -> Notes:
    """In order."""
    return replace(state, amounts=(*state.amounts, event.amount))


NOTES = Table(
    "notes",
    key=("account_id",),
    columns={"account_id": "uuid", "amounts": "text NOT NULL", "version": "bigint NOT NULL"},
)
LAST = Table(
    "last_seen", key=("account_id",), columns={"account_id": "uuid", "amount": "int NOT NULL"}
)


def rows(
    state: Notes, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """One row an account."""
    for account in touched:
        yield NOTES.row(
            account_id=account,
            amounts=" ".join(map(str, state.amounts)),
            version=touches[account].position,
        )


class FollowTally:
    """What the tally context's events mean here."""

    def rows(self, events: Sequence[Recorded[Event]]) -> Iterable[Row | Gone]:
        """The last amount, straight from the event."""
        for found in events:
            if isinstance(found.event, tally.Added):
                yield LAST.row(account_id=found.event.account_id, amount=found.event.amount)

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """Nothing."""
        del events
        return ()

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """Note each."""
        del results
        return [
            Note(
                envelope=Envelope(
                    found.recorded_at, MIRROR, str(found.id), found.correlation, found.id
                ),
                account_id=found.event.account_id,
                amount=found.event.amount,
            )
            for found in events
            if isinstance(found.event, tally.Added)
        ]


SERVICE = Service(
    name="mirror",
    events=Registry([Noted]),
    streams={"mirror": Stream(Decider(Notes, decide, evolve), rows)},
    views=(NOTES, LAST),
    reactions={"tally": FollowTally()},
    foreign=tally.EVENTS,
)


def compose(settings: Settings) -> Composition:
    """The test's own root."""
    del settings
    return Composition(SERVICE, "Mirror", "A context of the tests")
