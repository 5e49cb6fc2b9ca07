"""Listening to heartbeats: how current is what this service knows of the others?"""

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from aiokafka import AIOKafkaConsumer, TopicPartition
from msgspec import MsgspecError
from psycopg import AsyncConnection

from libs.runtime import broker, database
from libs.runtime.clock import Clock
from libs.runtime.log import batch
from libs.runtime.outbound import heartbeat
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.persisting import persist

MOST_TOGETHER = 500
_LOOKS_EVERY_MS = 200
_CLOCKS_DIFFER = timedelta(seconds=5)
_OLDEST = 3  # beats looked at: the oldest are the likeliest to have been reached


class Hearing:
    """Writes down, for each context listened to, as of when it is known here."""

    def __init__(
        self, sources: Sequence[str], kafka: str, conninfo: str, clock: Clock, prefix: str = ""
    ) -> None:
        self._kafka = kafka
        self._clock = clock
        self._prefix = prefix
        self._conninfo = conninfo
        self._partition = TopicPartition(f"{prefix}{broker.HEARTBEATS}", 0)
        self._waiting: dict[str, deque[Heartbeat]] = {s: deque(maxlen=600) for s in sources}

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("hearing", self._listen)

    def oldest(self) -> Sequence[Heartbeat]:
        """Of each context the oldest beat whose numbers our marks have not reached."""
        return [waiting[0] for waiting in self._waiting.values() if waiting]

    async def _listen(self) -> None:
        async with (
            # subscribed, not assigned: for a partition that is assigned and not there the client
            # asks the broker again and again without a pause
            broker.consumer(self._kafka, None, self._partition.topic) as consumer,
            await database.connect(self._conninfo) as conn,
        ):
            await consumer.seek_to_end(self._partition)
            while True:
                await self._round(consumer, conn)

    async def _round(self, consumer: AIOKafkaConsumer, conn: AsyncConnection) -> None:
        found = await consumer.getmany(timeout_ms=_LOOKS_EVERY_MS, max_records=MOST_TOGETHER)
        for record in found.get(self._partition, ()):
            # a state, not a history: where one is garbled the next comes in a second
            with suppress(MsgspecError, ValueError):
                beat = heartbeat.decode(record.value or b"")
                if self._may_be(beat):
                    self._waiting.get(beat.context, deque()).append(beat)
        if any(self._waiting.values()):
            await self._look(conn)

    def _may_be(self, beat: Heartbeat) -> bool:
        """Of the context's own topic, and of no instant that is to come: what is heard only moves
        forward, so a clock that was once ahead would make everything current for ever."""
        topic = f"{self._prefix}{beat.context}.events"
        return beat.topic == topic and beat.as_of <= self._clock.now() + _CLOCKS_DIFFER

    async def _look(self, conn: AsyncConnection) -> None:
        """Which of the beats that wait have our marks reached? What is older needs no look.

        Without the write lock, that clicks wait for: `heard` only moves forward, and what it
        rests on are marks, committed with their effects. Whoever holds the lock sees them all.
        """
        beats = [b for w in self._waiting.values() if w for b in (*list(w)[:_OLDEST], w[-1])]
        hears = [heartbeat.hear(beat) for beat in beats]
        (heard,) = await batch.ask(conn, hears, [heartbeat.HEARD])
        for context, as_of in heard:
            waiting = self._waiting.get(context, deque())
            while waiting and waiting[0].as_of <= as_of:
                waiting.popleft()
