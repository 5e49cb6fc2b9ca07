"""The relay's process: be the one relay of the service, round after round, whatever breaks."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from aiokafka import AIOKafkaProducer
from psycopg import AsyncConnection

from libs.runtime import broker, database
from libs.runtime.clock import Clock
from libs.runtime.log.codec import LogRow
from libs.runtime.outbound import relay
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.pace import Pace
from libs.runtime.persisting import persist
from libs.runtime.telemetry import metrics

ACKS_WITHIN = 10.0  # seconds; then the producer is taken for dead and made anew

AfterRound = Callable[[AsyncConnection, AIOKafkaProducer, Sequence[LogRow]], Awaitable[None]]


class Relay:
    """Publishes one service's log. `after_round` may publish states that follow from it."""

    def __init__(
        self,
        context: str,
        conninfo: str,
        kafka: str,
        clock: Clock,
        prefix: str = "",
        after_round: AfterRound | None = None,
    ) -> None:
        self._context = context
        self._conninfo = conninfo
        self._kafka = kafka
        self._clock = clock
        self._topic = f"{prefix}{context}.events"
        self._heartbeats = f"{prefix}{broker.HEARTBEATS}"
        self._after_round = after_round

    async def run(self) -> None:
        """Work until cancelled. Whatever breaks is made anew and goes on from the cursor."""
        await persist("relaying", self._relay)

    async def _relay(self) -> None:
        async with await database.connect(self._conninfo) as conn:
            await _be_the_one(conn)
            async with broker.producer(self._kafka) as producer:
                await self._rounds(conn, producer)

    async def _rounds(self, conn: AsyncConnection, producer: AIOKafkaProducer) -> None:
        log_id = await _one(conn, "SELECT id::text FROM log")
        publisher = relay.Publisher(producer, self._topic, log_id[0])
        beat, busy = Pace(1.0), time.monotonic()
        place = relay.start_of(*await _one(conn, "SELECT cursor, numbers FROM relay"))
        while True:
            looked_at = self._clock.now()
            this = await relay.read(conn, place)
            if this.rows:
                busy = time.monotonic()
                async with asyncio.timeout(ACKS_WITHIN):
                    after = await publisher.publish(this)
                    if self._after_round is not None:
                        await self._after_round(conn, producer, this.rows)
                moved = await relay.move(conn, place, after)
                place = after if moved else await self._place(conn)
                metrics.PUBLISHED.labels(self._context).inc(len(this.rows))
            if this.complete and beat.due():
                stored = await self._place(conn)
                if stored == place:
                    await self._beat(producer, log_id[0], place, looked_at)
                place = stored  # an operator may have asked for everything again
            await asyncio.sleep(relay.wait_after(this, time.monotonic() - busy))

    async def _place(self, conn: AsyncConnection) -> relay.Place:
        return relay.start_of(*await _one(conn, "SELECT cursor, numbers FROM relay"))

    async def _beat(
        self, producer: AIOKafkaProducer, log_id: str, place: relay.Place, as_of: datetime
    ) -> None:
        beat = Heartbeat(
            self._context, self._topic, UUID(log_id), place.cursor, place.numbers, as_of
        )
        async with asyncio.timeout(ACKS_WITHIN):
            await producer.send_and_wait(self._heartbeats, beat.encode(), self._context.encode())


async def _be_the_one(conn: AsyncConnection) -> None:
    """Wait until no other relay of this service lives."""
    while not (await _one(conn, "SELECT pg_try_advisory_lock(2)"))[0]:  # noqa: ASYNC110
        await asyncio.sleep(0.5)


async def _one(conn: AsyncConnection, query: str) -> tuple[Any, ...]:
    row = await (await conn.execute(query.encode())).fetchone()
    if row is None:
        raise psycopg.DataError("the database is not migrated")
    return row
