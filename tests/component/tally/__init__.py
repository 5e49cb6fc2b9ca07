"""A small context of the tests: accounts to which amounts are added, up to a limit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from libs.decider import Decider, Refused, Rule, Source
from libs.events.command import Command
from libs.events.event import Event
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.service import NoFacts, Service, Stream, Touch
from libs.runtime.settings import Settings
from libs.runtime.tables import Gone, Row, Rows, Table

LIMIT = 10_000
USED = Rule("note-used", "已用过", Source("测试", "二"), "请另写")
OVER_THE_LIMIT = Rule("over-the-limit", "超过上限", Source("测试", "一"), "请减少")


class Added(Event):
    """加数: an amount was added."""

    subject: ClassVar[str] = "account_id"
    about: ClassVar[str] = "account_id"

    account_id: UUID
    amount: int
    note: str = ""


class Add(Command):
    """Add an amount to an account. A negative amount breaks the decider itself."""

    account_id: UUID
    amount: int
    note: str = ""

    @property
    def stream(self) -> str:
        """The account's own."""
        return f"tally/{self.account_id}"

    @property
    def resource(self) -> UUID:
        """The account."""
        return self.account_id


@dataclass(frozen=True)
class Notes:
    """The notes of this batch that may be used once: what `after` keeps current inside it."""

    used: frozenset[str] = frozenset()

    def after(self, events: Sequence[Event]) -> "Notes":
        """With the notes of these events."""
        return Notes(self.used | {e.note for e in events if isinstance(e, Added)})


class NotesLookup(NoFacts):
    """Asks for nothing: each batch begins with none."""

    def answer(self, results: Sequence[Rows]) -> Notes:  # type: ignore[override]
        """None."""
        del results
        return Notes()


@dataclass(frozen=True)
class Account:
    """What has been added so far."""

    id: UUID | None = None
    total: int = 0
    count: int = 0


def decide(command: Add, state: Account, facts: Notes) -> Sequence[Added]:
    """Up to the limit; a note that begins with “once” is used once a batch."""
    if command.note.startswith("once") and command.note in facts.used:
        raise Refused(USED)
    if command.amount < 0:
        raise ZeroDivisionError("a defect in a decision")
    if state.total + command.amount > LIMIT:
        raise Refused(OVER_THE_LIMIT)
    return [Added(account_id=command.account_id, amount=command.amount, note=command.note)]


def evolve(state: Account, event: Added) -> Account:
    """Sums."""
    return replace(
        state, id=event.account_id, total=state.total + event.amount, count=state.count + 1
    )


ACCOUNTS = Table(
    "accounts",
    key=("account_id",),
    columns={
        "account_id": "uuid",
        "total": "int NOT NULL",
        "count": "int NOT NULL",
        "version": "bigint NOT NULL",
    },
)


def rows(
    state: Account, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """One row an account."""
    for account in touched:
        yield ACCOUNTS.row(
            account_id=account,
            total=state.total,
            count=state.count,
            version=touches[account].position,
        )


DECIDER = Decider(Account, decide, evolve)
EVENTS = Registry([Added])
SERVICE = Service(
    name="tally",
    events=EVENTS,
    streams={"tally": Stream(DECIDER, rows)},
    facts=NotesLookup(),
    views=(ACCOUNTS,),
)


def compose(settings: Settings) -> Composition:
    """The test's own root."""
    from tests.component.tally.api import router

    del settings
    return Composition(SERVICE, "Tally", "A context of the tests", [router])
