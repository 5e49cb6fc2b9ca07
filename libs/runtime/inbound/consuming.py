"""The reactions' process: reads foreign topics in batches and has them taken in, for ever."""

from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition

from libs.runtime import broker
from libs.runtime.inbound.carrying import Carrying
from libs.runtime.persisting import persist

MOST_TOGETHER = 500


class Consuming:
    """Takes the events of these contexts into one service."""

    def __init__(
        self, context: str, sources: Sequence[str], kafka: str, carrying: Carrying, prefix: str
    ) -> None:
        self._topics = [f"{prefix}{source}.events" for source in sources]
        self._kafka = kafka
        self._group = f"{prefix}{context}"
        self._carrying = carrying

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("consuming", self._consume)

    async def _consume(self) -> None:
        async with broker.consumer(self._kafka, self._group, *self._topics) as consumer:
            while True:
                await self._round(consumer)

    async def _round(self, consumer: AIOKafkaConsumer) -> None:
        found = await consumer.getmany(timeout_ms=500, max_records=MOST_TOGETHER)
        if not found:
            return
        records = (record for part in found.values() for record in part)
        opened = await self._carrying.carry(records)
        await consumer.commit(
            {TopicPartition(p.topic, p.partition): rs[-1].offset + 1 for p, rs in found.items()}
        )
        # a broker that was emptied and filled again has other records at our offsets: what is
        # missing may stand before them, so its partition is read again, once
        for _, topic, partition in opened:
            consumer.seek(TopicPartition(topic, partition), 0)
