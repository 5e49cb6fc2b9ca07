"""Listening to heartbeats: how current is what this service knows of the others?"""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from msgspec import MsgspecError
from psycopg import AsyncConnection

from libs.runtime import batch, broker, database, heartbeat
from libs.runtime.heartbeat import Heartbeat
from libs.runtime.taking import COMMIT

log = structlog.get_logger()

_LOOKS_EVERY_MS = 200
_OLDEST = 3  # beats looked at: the oldest are the likeliest to have been reached


class Hearing:
    """Writes down, for each context listened to, as of when it is known here."""

    def __init__(self, sources: Sequence[str], kafka: str, conninfo: str, prefix: str = "") -> None:
        self._kafka = kafka
        self._conninfo = conninfo
        self._partition = TopicPartition(f"{prefix}{broker.HEARTBEATS}", 0)
        self._waiting: dict[str, deque[Heartbeat]] = {s: deque(maxlen=600) for s in sources}

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            consumer = broker.consumer(self._kafka, None)
            try:
                await consumer.start()
                consumer.assign([self._partition])
                await consumer.seek_to_end(self._partition)
                async with await database.connect(self._conninfo) as conn:
                    await self._listen(consumer, conn)
            except Exception as error:
                if not (database.is_infrastructure(error, None) or isinstance(error, KafkaError)):
                    raise
                log.warning("hearing starts again", error=type(error).__name__)
                await asyncio.sleep(0.5)
            finally:
                await consumer.stop()

    async def _listen(self, consumer: AIOKafkaConsumer, conn: AsyncConnection) -> None:
        while True:
            found = await consumer.getmany(timeout_ms=_LOOKS_EVERY_MS)
            for record in found.get(self._partition, ()):
                # a state, not a history: where one is garbled the next comes in a second
                with suppress(MsgspecError):
                    beat = heartbeat.decode(record.value or b"")
                    self._waiting.get(beat.context, deque()).append(beat)
            if any(self._waiting.values()):
                await self._look(conn)

    async def _look(self, conn: AsyncConnection) -> None:
        """Which of the beats that wait have our marks reached? What is older needs no look."""
        beats = [b for w in self._waiting.values() if w for b in (*list(w)[:_OLDEST], w[-1])]
        hears = [heartbeat.hear(beat) for beat in beats]
        (heard,) = await batch.ask(conn, [*batch.BEGIN, *hears], [heartbeat.HEARD])
        await batch.ask(conn, [COMMIT], ())
        for context, as_of in heard:
            waiting = self._waiting.get(context, deque())
            while waiting and waiting[0].as_of <= as_of:
                waiting.popleft()
