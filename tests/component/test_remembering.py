"""Streams are read before the lock is taken, remembered whatever becomes of the batch, and not
without bound. Counted is what a batch asks for under the lock: the rows beyond what it knew."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import AsyncConnection

from libs.decider import Decider
from libs.runtime import database, roles
from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw
from libs.runtime.inbound.marks import Arrived
from libs.runtime.log import batch, codec
from libs.runtime.log.answers import Accepted
from libs.runtime.log.streams import Known, Streams
from libs.runtime.outbound import relay
from libs.runtime.service import Stream, Touch
from libs.runtime.tables import Rows
from tests.component import mirror, tally
from tests.component.conftest import Pair
from tests.component.lab import AT, Lab
from tests.component.test_batch import add, outcomes

EVENTS = 1200


class Counting(Streams):
    """Streams that count what is read of them under the lock."""

    under_the_lock = 0

    def answer(self, names: object, rows: Rows) -> dict[str, Known]:
        """As ever."""
        self.under_the_lock += len(rows)
        return super().answer(names, rows)  # type: ignore[arg-type]


@pytest.fixture
async def conn(pair: Pair) -> AsyncIterator[AsyncConnection]:
    """tally's database."""
    async with await database.connect(pair.tally.settings.database) as made:
        yield made


async def long_stream(lab: Lab) -> UUID:
    """An account with many events."""
    account = uuid4()
    async with lab.writer() as writer:
        await outcomes(writer, *(add(account, 1) for _ in range(EVENTS)))
    return account


BREAKS = """
CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'it took too long' USING ERRCODE = '57014'; END $$;
CREATE TRIGGER breaks BEFORE INSERT ON views.{table} EXECUTE FUNCTION break_off();
"""


@contextmanager
def broken_off(lab: Lab, table: str) -> Iterator[None]:
    """Whoever writes to this table meanwhile is."""
    with psycopg.connect(lab.settings.database_owner, autocommit=True) as owner:
        owner.execute(BREAKS.format(table=table).encode())
        with pytest.raises(psycopg.errors.QueryCanceled):
            yield
        owner.execute(f"DROP TRIGGER breaks ON views.{table}".encode())


async def test_a_long_stream_is_read_before_the_lock_is_taken(
    pair: Pair, conn: AsyncConnection
) -> None:
    account, streams = await long_stream(pair.tally), Counting(tally.SERVICE)
    (outcome,) = await batch.run(conn, tally.SERVICE, streams, [add(account, 1)])
    assert isinstance(outcome, Accepted)
    assert outcome.said["version"] == EVENTS + 1
    assert streams.under_the_lock == 0
    assert await pair.tally.rows("SELECT total, count FROM accounts") == [(EVENTS + 1,) * 2]


async def test_what_came_since_it_was_read_is_read_under_the_lock(
    pair: Pair, conn: AsyncConnection
) -> None:
    account, streams = await long_stream(pair.tally), Counting(tally.SERVICE)
    await streams.read(conn, [f"tally/{account}"])
    async with pair.tally.writer() as another:
        await another.submit(add(account, 5))
    await batch.run(conn, tally.SERVICE, streams, [add(account, 1)])
    assert streams.under_the_lock == 1
    assert await pair.tally.one("SELECT total FROM accounts") == EVENTS + 6


async def test_a_batch_that_is_broken_off_has_not_read_in_vain(
    pair: Pair, conn: AsyncConnection
) -> None:
    account, folded = await long_stream(pair.tally), 0

    def counted(state: tally.Account, event: tally.Added) -> tally.Account:
        nonlocal folded
        folded += 1
        return tally.evolve(state, event)

    decider = Decider(tally.Account, tally.decide, counted)
    service = replace(tally.SERVICE, streams={"tally": Stream(decider, tally.rows)})
    streams = Streams(service)
    with broken_off(pair.tally, "accounts"):
        await batch.run(conn, service, streams, [add(account, 1)])
    await conn.rollback()
    await batch.run(conn, service, streams, [add(account, 1)])
    assert folded == EVENTS + 2  # each batch has folded what it would append


async def test_a_warm_batch_asks_for_nothing_more(pair: Pair, conn: AsyncConnection) -> None:
    """Were the connection used before the transaction, reading would fail: it is another's."""
    account, streams = uuid4(), Streams(tally.SERVICE)
    await batch.run(conn, tally.SERVICE, streams, [add(account, 1)])
    closed = await database.connect(pair.tally.settings.database)
    await closed.close()
    await streams.read(closed, [f"tally/{account}"])
    with pytest.raises(psycopg.OperationalError):
        await streams.read(closed, ["tally/another"])


async def published(lab: Lab) -> list[Arrived]:
    """Its log, as it comes out of the topic."""
    async with await database.connect(lab.settings.database) as conn:
        (log_id,) = await (await conn.execute("SELECT id::text FROM log")).fetchone() or ("",)
        this = await relay.read(conn, relay.start_of(0, ()))
    parts, _ = relay.numbered(this)
    return [
        marks.arrived(Raw("tally.events", part, n, key, tuple(headers), row.body.encode()))
        for part, records in parts.items()
        for n, (row, key, before) in enumerate(records)
        for headers in [codec.headers(row, log_id, before)]
    ]


async def test_what_is_taken_in_again_is_read_before_the_lock_is_taken(pair: Pair) -> None:
    """Only the first time: which streams it needs is known under the lock alone."""
    await long_stream(pair.tally)
    *before, last = await published(pair.tally)
    lab = pair.mirror
    earlier, taker = (roles.taker(lab.found, lab.settings) for _ in range(2))
    taker._streams = streams = Counting(mirror.SERVICE)
    await earlier.take(before)
    await earlier.close()
    with broken_off(lab, "notes"):
        await taker.take([last])
    assert streams.under_the_lock == EVENTS - 1
    assert (await taker.take([last])).events == 1
    await taker.close()
    assert streams.under_the_lock == EVENTS - 1
    assert await lab.one("SELECT count(*) FROM events") == EVENTS


def remembered(streams: Streams) -> list[str]:
    """Their names, the oldest first."""
    return list(streams._known)


def touching(many: int) -> Known:
    """A stream with so many resources."""
    return Known(tally.Account(), many, {uuid4(): Touch(n, AT) for n in range(many)})


def test_streams_of_many_resources_count_for_more() -> None:
    streams = Streams(tally.SERVICE, most=4, most_touches=10)
    streams.remember({name: touching(2) for name in "abc"})
    streams.remember({"b": touching(5)})
    assert remembered(streams) == ["a", "c", "b"]
    streams.remember({"d": touching(3)})
    assert remembered(streams) == ["c", "b", "d"]
    streams.remember({"c": touching(1), "e": touching(1)})
    assert remembered(streams) == ["b", "d", "c", "e"]
    streams.remember({"f": touching(0)})
    assert remembered(streams) == ["d", "c", "e", "f"]
    streams.remember({"g": touching(11)})
    assert remembered(streams) == []
