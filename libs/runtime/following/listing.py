"""The directory's carrier: reads `identity.directory` and keeps its rows, for ever.

Part of the role `react` of each service that has the table `directory`.
"""

from collections.abc import Iterable

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from psycopg import AsyncConnection

from libs.events import directory
from libs.events.directory import Entry
from libs.events.registry import Malformed
from libs.runtime import broker, database
from libs.runtime.following.directory import take
from libs.runtime.log import batch
from libs.runtime.persisting import persist

log = structlog.get_logger()

MOST_TOGETHER = 1000


class Listing:
    """Keeps one service's copy of the directory."""

    def __init__(self, context: str, kafka: str, conninfo: str, prefix: str = "") -> None:
        self._kafka = kafka
        self._conninfo = conninfo
        self._topic = f"{prefix}{broker.DIRECTORY}"
        self._group = f"{prefix}{context}.directory"

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("directory", self._list)

    async def _list(self) -> None:
        async with (
            broker.consumer(self._kafka, self._group, self._topic) as consumer,
            await database.connect(self._conninfo) as conn,
        ):
            while True:
                await self._round(consumer, conn)

    async def _round(self, consumer: AIOKafkaConsumer, conn: AsyncConnection) -> None:
        found = await consumer.getmany(timeout_ms=500, max_records=MOST_TOGETHER)
        entries = list(_read(record for part in found.values() for record in part))
        if entries:
            await batch.ask(conn, [*batch.BEGIN, take(entries), batch.COMMIT], ())
        if found:
            await consumer.commit(
                {TopicPartition(p.topic, p.partition): rs[-1].offset + 1 for p, rs in found.items()}
            )


def _read(records: Iterable[ConsumerRecord]) -> Iterable[Entry]:
    """What can be read. A garbled state is told and skipped: the person's next one heals it."""
    for record in records:
        try:
            yield directory.read(record.key or b"", record.value, record.headers)
        except Malformed as malformed:
            log.error(
                "directory record skipped",
                reason=str(malformed),
                partition=record.partition,
                offset=record.offset,
            )
