"""One transaction for whatever commands wait: lock, load, decide, append, commit.

Nothing inside waits on anything but PostgreSQL. A refusal, or an unexpected exception in a
decision, concerns its own command alone. The first statement takes the service's write lock,
so there is no version conflict, and everything loaded after it is what is committed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from libs.decider import Refused, conventions
from libs.events.event import Event
from libs.runtime import refusals
from libs.runtime.log import answers, codec, gate
from libs.runtime.log.answers import Accepted, Asked, Key
from libs.runtime.log.gate import Gate
from libs.runtime.log.streams import Known, Streams
from libs.runtime.service import Facts, Service, Touch
from libs.runtime.tables import Gone, Row, Rows, Statement, statements

Outcome = Accepted | Refused | Exception

LOCK = Statement("SELECT pg_advisory_xact_lock(1)")
BEGIN = (Statement("BEGIN"), LOCK, Statement("SET LOCAL transaction_timeout = '1s'"))
COMMIT = Statement("COMMIT")
HEAD = Statement("SELECT coalesce(max(position), 0) FROM events")
MOST_BYTES = 256 * 1024


async def ask(
    conn: AsyncConnection, quiet: Sequence[Statement], asked: Sequence[Statement]
) -> list[Rows]:
    """Several statements in one round trip; the rows of those that were asked."""
    async with conn.pipeline():
        for statement in quiet:
            await conn.execute(statement.sql, statement.params or None)
        cursors = [await conn.execute(s.sql, s.params or None) for s in asked]
        return [await cursor.fetchall() for cursor in cursors]


@dataclass
class Work:
    """What a batch has decided so far, in memory."""

    service: Service
    streams: Streams
    known: dict[str, Known]
    facts: Facts
    gate: Gate
    head: int
    answered: dict[Key, tuple[bytes, Accepted]]
    appended: list[tuple[UUID, str, Event, str, Asked]] = field(default_factory=list)
    given: list[tuple[Asked, Accepted]] = field(default_factory=list)
    private: list[Row | Gone] = field(default_factory=list)
    touched: dict[str, set[UUID]] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)

    def decide(self, asked: Asked) -> Outcome:
        """The outcome of one command. What is refused or fails leaves no trace."""
        try:
            self.gate.let_in(
                asked.command.envelope, hears_identity="identity" in self.service.reactions
            )
            return self._repeated(asked) or self._decided(asked)
        except Refused as refused:
            return refused
        except Exception as error:
            return error

    def _repeated(self, asked: Asked) -> Accepted | None:
        accepted = None
        for key in asked.keys:  # the last is the command's own
            digest, accepted = self.answered.get(key, (asked.digest, None))
            if digest != asked.digest:
                raise Refused(refusals.KEY_REUSED)
        return accepted

    def _decided(self, asked: Asked) -> Accepted:
        command = asked.command
        name, envelope = command.stream, command.envelope
        known = self.known[name]
        decider = self.service.streams[name.partition("/")[0]].decider
        expected = envelope.expected
        is_stale = expected is not None and expected != known.version(command.resource)
        events: Sequence[Event] = ()
        try:
            events = decider.decide(command, known.state, self.facts)
        except Refused as refused:
            # a version tells nothing to whom the record is none of their business
            if not is_stale or refused.rule.source == conventions.ROLES:
                raise
        if is_stale:
            raise Refused(refusals.STALE)
        private = list(self.service.private(command, events))
        if events:
            known = self._happened(asked, name, known, events)

        # Nothing below can fail: the command has been done.
        self.private += private
        accepted = Accepted(
            {"id": str(command.resource), "version": known.version(command.resource)}
        )
        if asked.digest is not None:
            answer = (asked.digest, Accepted(accepted.said, True))
            self.answered |= dict.fromkeys(asked.keys, answer)
            self.given.append((asked, accepted))
        return accepted

    def _happened(self, asked: Asked, name: str, known: Known, events: Sequence[Event]) -> Known:
        """The stream after these events, which join what will be appended."""
        envelope = asked.command.envelope
        bodies = [event.model_dump_json() for event in events]
        if any(len(body) * 4 > MOST_BYTES < len(body.encode()) for body in bodies):
            raise Refused(refusals.TOO_LARGE)
        changed = known.copy()
        meta = codec.encode_meta(envelope)
        for n, event in enumerate(events, self.head + 1):
            self.streams.evolve(name, changed, event, Touch(n, envelope.at))
        facts = self.facts.after(events)

        # Nothing below can fail: the events have happened.
        self.known[name], self.facts = changed, facts
        self.head += len(events)
        self.bodies += bodies
        self.appended += [(uuid7(), name, event, meta, asked) for event in events]
        touched = self.touched.setdefault(name, set())
        touched.update(key for event in events for key in event.touched_ids)
        return changed

    def writes(self) -> list[Statement]:
        """Everything that the decisions mean, as statements."""
        found: list[Statement] = []
        if self.appended:
            found.append(self._append())
        found += statements([*self.private, *self._rows()])
        if self.given:
            found.append(answers.store(self.given, self.given[-1][0].command.envelope.at))
        return found

    def _rows(self) -> Iterable[Row | Gone]:
        for name, touched in self.touched.items():
            known = self.known[name]
            rows = self.service.streams[name.partition("/")[0]].rows
            yield from rows(known.state, touched, known.touches)

    def _append(self) -> Statement:
        ids, names, events, metas, asked = zip(*self.appended, strict=True)
        return Statement(
            "SELECT append(%s, %b::uuid[], %b::text[], %b::text[], %b::smallint[], "
            "%b::uuid[], %b::timestamptz[], %b::text[], %b::text[])",
            (
                self.head - len(events),
                list(ids),
                list(names),
                [event.wire_name() for event in events],
                [event.version for event in events],
                [event.subject_id for event in events],
                [a.command.envelope.at for a in asked],
                list(metas),
                self.bodies,
            ),
        )


async def load(
    conn: AsyncConnection,
    service: Service,
    streams: Streams,
    asked: Sequence[Asked],
    before: Sequence[Statement] = BEGIN,
) -> Work:
    """Open the transaction and load, in one round trip, what these commands may read."""
    commands = [a.command for a in asked]
    names = {command.stream: None for command in commands}
    wanted = [
        HEAD,
        answers.ask(asked),
        streams.ask(names),
        *gate.ask([command.envelope for command in commands]),
        *service.facts.ask(commands),
    ]
    head, given, rows, ended, heard, *facts = await ask(conn, before, wanted)
    return Work(
        service=service,
        streams=streams,
        known=streams.answer(names, rows),
        facts=service.facts.answer(facts),
        gate=Gate.of(ended, heard),
        head=head[0][0],
        answered=answers.found(given),
    )


async def run(
    conn: AsyncConnection, service: Service, streams: Streams, asked: Sequence[Asked]
) -> list[Outcome]:
    """The whole batch: three steps, two round trips, and one before them for streams that are
    not remembered. Raises only when nothing was committed, or when it can't be known whether it
    was (psycopg.OperationalError)."""
    await streams.read(conn, dict.fromkeys(a.command.stream for a in asked))
    work = await load(conn, service, streams, asked)
    outcomes = [work.decide(a) for a in asked]
    await ask(conn, [*work.writes(), COMMIT], ())
    streams.remember(work.known)
    service.committed(work.facts)
    return outcomes
