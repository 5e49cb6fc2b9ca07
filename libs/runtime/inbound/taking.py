"""Taking in foreign events: every effect exactly once, in one transaction with its mark.

Whatever carries the records (a consumer, Faust, an operator's redrive) hands them over here.
Infrastructure errors rise to the carrier, which tries the same records again. A record that
can't be handled is set aside with its reason, and the rest goes on.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from psycopg import AsyncConnection

from libs.decider import Refused
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.events.registry import Malformed, Unknown
from libs.runtime.clock import Clock
from libs.runtime.database import Held
from libs.runtime.inbound import aside, marks
from libs.runtime.inbound.aside import Seal
from libs.runtime.inbound.marks import Arrived, Gap, Sorted, Source
from libs.runtime.log import batch
from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.log.codec import Inbound
from libs.runtime.log.streams import Streams
from libs.runtime.service import Service
from libs.runtime.tables import Statement, statements
from libs.runtime.telemetry import tracing

log = structlog.get_logger()
Place = tuple[str, int, int]
Events = dict[UUID, Recorded[Event]]


class Poison(Exception):
    """Records that can't be handled, by their place, found while their batch was under way."""

    def __init__(self, reasons: Mapping[Place, str]) -> None:
        super().__init__(*reasons.values())
        self.reasons = reasons


@dataclass(slots=True)
class Taken:
    """What became of a batch of records."""

    events: int = 0
    aside: int = 0
    gaps: Mapping[Source, Gap] = field(default_factory=dict)
    marks: Mapping[Source, int] = field(default_factory=dict)  # moved to here


class Taker:
    """Turns foreign records into rows, commands and marks of one service."""

    def __init__(self, service: Service, conninfo: str, clock: Clock, seal: Seal) -> None:
        self._service = service
        self._held = Held(conninfo)
        self._clock = clock
        self._seal = seal
        self._streams = Streams(service)
        self._failed = 0  # times in a row, by infrastructure
        self._read_first: set[str] = set()  # streams of the batch that failed so

    async def take(self, arrived: Sequence[Arrived]) -> Taken:
        """Take these in. psycopg.OperationalError and the like: nothing is known to be done.

        What has failed so twice is taken in halves: a batch that takes too long looks the same.
        Which streams a batch needs is known under the lock alone; if it fails, they are read
        before the next takes it.
        """
        if self._failed > 1 and len(arrived) > 1:
            return await self._halves(arrived)
        events, poisoned = self._read(arrived)
        began = time.perf_counter()
        while True:
            try:
                taken = await self._attempt(arrived, events, poisoned)
                self._failed = 0
                clicks = (one.traceparent for one in events.values())
                tracing.batch("take", self._service.name, began, clicks, taken.events)
                return taken
            except Poison as poison:
                poisoned |= poison.reasons
                await self._held.rollback()
            except Exception as error:
                if self._held.failed(error):
                    self._failed += 1
                    await self.close()
                    raise
                await self._held.rollback()
                if len(arrived) > 1:
                    return await self._halves(arrived)
                if arrived[0].raw.place in poisoned:
                    raise
                poisoned[arrived[0].raw.place] = type(error).__name__

    async def _halves(self, arrived: Sequence[Arrived]) -> Taken:
        middle = len(arrived) // 2
        one, two = await self.take(arrived[:middle]), await self.take(arrived[middle:])
        return Taken(
            one.events + two.events,
            one.aside + two.aside,
            marks.standing(one.gaps, two.marks, two.gaps),
            {**one.marks, **two.marks},
        )

    async def _attempt(
        self, arrived: Sequence[Arrived], events: Events, poisoned: Mapping[Place, str]
    ) -> Taken:
        conn = await self._held.get()
        first, self._read_first = self._read_first, set()
        await self._streams.read(conn, first)
        keys = {(one.raw.topic, one.raw.key) for one in arrived}
        nameless = [one.raw for one in arrived if one.inbound is None]
        wanted = [marks.ask(arrived), aside.parked(keys)]
        wanted += [aside.given_up(nameless)] if nameless else []
        known, parked, *given_up = await batch.ask(conn, batch.BEGIN, wanted)
        nothing = {place for rows in given_up for place in rows}
        still = [one for one in arrived if one.raw.place not in nothing] if nothing else arrived
        sorted_ = marks.sort(still, marks.found(known), aside.keys(parked), poisoned)
        await self._handle(
            conn,
            [one.inbound for one in sorted_.taken if one.inbound],
            events,
            self._bookkeeping(sorted_),
        )
        return Taken(len(sorted_.taken), len(sorted_.aside), sorted_.gaps, sorted_.marks)

    def _bookkeeping(self, sorted_: Sorted) -> list[Statement]:
        found = []
        if sorted_.marks:
            found.append(marks.move(sorted_.marks))
        if sorted_.aside:
            found.append(aside.put(sorted_.aside, self._seal, self._clock.now()))
        return found

    async def redrive(self, topic: str, key: bytes) -> tuple[int, str]:
        """Try again what is set aside of this key, in order; how many went, and what stopped it."""
        done = 0
        while True:
            conn = await self._held.get()
            (rows,) = await batch.ask(conn, batch.BEGIN, [aside.of_key(topic, key)])
            if not rows:
                await self._held.rollback()
                return done, ""
            number, sealed = rows[0]
            try:
                one = marks.arrived(self._seal.unseal(bytes(sealed)))
                events, poisoned = self._read([one])
                if one.inbound is None or poisoned:
                    raise Poison(poisoned or {one.raw.place: one.problem})
                await self._handle(conn, [one.inbound], events, [aside.handled([number])])
            except Exception as error:
                if self._held.failed(error):
                    await self.close()
                    raise
                await self._held.rollback()
                reason = str(error) if isinstance(error, Poison) else type(error).__name__
                conn = await self._held.get()
                await batch.ask(conn, [*batch.BEGIN, aside.tried(number, reason), batch.COMMIT], ())
                return done, reason
            done += 1

    async def _handle(
        self,
        conn: AsyncConnection,
        taken: Sequence[Inbound],
        events: Events,
        writes: list[Statement],
    ) -> None:
        """Keep the records, write their rows, decide their commands, commit. Poison."""
        if taken:
            writes.append(_keep(taken))
        asked: list[Asked] = []
        for context, reaction in self._service.reactions.items():
            mine = [events[i.id] for i in taken if i.id in events and _context(i) == context]
            writes += statements(reaction.rows(mine))
            wanted = reaction.ask(mine)
            results = await batch.ask(conn, writes, wanted) if wanted else []
            writes = [] if wanted else writes
            asked += [Asked(command) for command in reaction.commands(mine, results)]
        if not asked:
            await batch.ask(conn, [*writes, batch.COMMIT], ())
            return
        self._read_first = {one.command.stream for one in asked}  # without the lock next time
        work = await batch.load(conn, self._service, self._streams, asked, writes)
        _decide(work, asked, {one.id: (one.topic, one.partition, one.offset) for one in taken})
        await batch.ask(conn, [*work.writes(), batch.COMMIT], ())
        self._streams.remember(work.known)
        self._read_first = set()
        self._service.committed(work.facts)

    def _read(self, arrived: Sequence[Arrived]) -> tuple[Events, dict[Place, str]]:
        """The events that this release understands, and the records that nobody could."""
        events, malformed = {}, {}
        for one in arrived:
            if one.inbound is None:
                continue
            try:
                events[one.inbound.id] = one.inbound.read(self._service.foreign)
            except Unknown:
                continue  # kept raw, read after an upgrade
            except Malformed as reason:
                malformed[one.raw.place] = str(reason)
        return events, malformed

    async def close(self) -> None:
        """Let the connection go; the next batch makes a new one."""
        await self._held.close()


def _context(one: Inbound) -> str:
    return one.type.partition(".")[0]


def _decide(work: batch.Work, asked: Sequence[Asked], places: Mapping[UUID, Place]) -> None:
    """Decide each. What fails poisons its record; what follows in its stream is not judged."""
    failed: dict[Place, str] = {}
    streams: set[str] = set()
    for one in asked:
        if one.command.stream in streams:
            continue
        outcome = work.decide(one)
        if not isinstance(outcome, Accepted):
            cause = one.command.envelope.cause
            if cause is None:
                raise TypeError(f"{type(one.command).__name__} has no cause")
            failed[places[cause]] = _reason(outcome)
            streams.add(one.command.stream)
    if failed:
        raise Poison(failed)


def _reason(outcome: Refused | Exception) -> str:
    if isinstance(outcome, Refused):
        return f"refused by {outcome.rule.code}"
    return f"{type(outcome).__name__} while deciding"


def _keep(taken: Sequence[Inbound]) -> Statement:
    return Statement(
        "SELECT keep(%b::text[], %b::uuid[], %b::bigint[], %b::uuid[], %b::text[], "
        "%b::smallint[], %b::uuid[], %b::timestamptz[], %b::text[], %b::text[])",
        (
            [one.topic for one in taken],
            [one.log_id for one in taken],
            [one.position for one in taken],
            [one.id for one in taken],
            [one.type for one in taken],
            [one.version for one in taken],
            [one.subject for one in taken],
            [one.recorded_at for one in taken],
            [one.meta for one in taken],
            [one.body for one in taken],
        ),
    )
