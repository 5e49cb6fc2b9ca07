"""The reactions' process: reads foreign topics in batches and has them taken in, for ever."""

import asyncio
from collections.abc import Sequence

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from libs.runtime import broker, database, marks
from libs.runtime.aside import Raw
from libs.runtime.clock import Clock
from libs.runtime.marks import Arrived, Gap, Source
from libs.runtime.taking import Taken, Taker
from libs.runtime.telemetry import metrics

log = structlog.get_logger()

MOST_TOGETHER = 500


def raw(record: ConsumerRecord) -> Raw:
    """A record as it came."""
    return Raw(
        record.topic,
        record.partition,
        record.offset,
        record.key or b"",
        tuple((name, bytes(value or b"")) for name, value in record.headers),  # null is allowed
        record.value,
    )


class Consuming:
    """Takes the events of these contexts into one service."""

    def __init__(
        self,
        context: str,
        sources: Sequence[str],
        kafka: str,
        taker: Taker,
        clock: Clock,
        prefix: str,
    ) -> None:
        self._context = context
        self._topics = [f"{prefix}{source}.events" for source in sources]
        self._kafka = kafka
        self._group = f"{prefix}{context}"
        self._taker = taker
        self._clock = clock
        self._gaps: dict[Source, Gap] = {}

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            consumer = broker.consumer(self._kafka, self._group, *self._topics)
            try:
                await consumer.start()
                while True:
                    await self._round(consumer)
            except (KafkaError, OSError) as error:
                log.warning("consumer starts again", error=type(error).__name__)
                await asyncio.sleep(0.5)
            finally:
                await consumer.stop()

    async def _round(self, consumer: AIOKafkaConsumer) -> None:
        found = await consumer.getmany(timeout_ms=500, max_records=MOST_TOGETHER)
        records = [marks.arrived(raw(r)) for part in found.values() for r in part]
        if not records:
            return
        self._observe(records, await self._taken(records))
        await consumer.commit(
            {TopicPartition(p.topic, p.partition): rs[-1].offset + 1 for p, rs in found.items()}
        )

    async def _taken(self, records: Sequence[Arrived]) -> Taken:
        """Try for ever: only infrastructure can fail here."""
        pause = 0.05
        while True:
            try:
                return await self._taker.take(records)
            except Exception as error:
                if not database.is_infrastructure(error, None):
                    raise
                log.warning("database unavailable, trying again", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    def _observe(self, records: Sequence[Arrived], taken: Taken) -> None:
        known, self._gaps = self._gaps, marks.standing(self._gaps, taken.marks, taken.gaps)
        for source, gap in taken.gaps.items():
            if source not in known:
                log.error(
                    "gap: a record is missing",
                    topic=source[1],
                    partition=source[2],
                    mark=gap.mark,
                    passed=gap.passed,
                )
        last = next((r.inbound for r in reversed(records) if r.inbound), None)
        took = (self._clock.now() - last.recorded_at).total_seconds() if last else None
        metrics.taken(self._context, taken.events, taken.aside, len(self._gaps), took)
