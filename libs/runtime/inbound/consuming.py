"""The reactions' process: reads foreign topics in batches and has them taken in, for ever."""

from collections.abc import Collection, Mapping, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaConnectionError

from libs.runtime import broker
from libs.runtime.inbound.carrying import Carrying
from libs.runtime.inbound.overdue import Partition, Place
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
        self._consumer: AIOKafkaConsumer | None = None
        self._next: dict[Partition, int] = {}  # the offset after the last that was taken in

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("consuming", self._consume)

    async def _consume(self) -> None:
        async with broker.consumer(self._kafka, self._group, *self._topics) as consumer:
            self._consumer, self._next = consumer, {}
            try:
                while True:
                    await self._round(consumer)
            finally:
                self._consumer = None

    async def _round(self, consumer: AIOKafkaConsumer) -> None:
        found = await consumer.getmany(timeout_ms=500, max_records=MOST_TOGETHER)
        if not found:
            return
        records = (record for part in found.values() for record in part)
        opened = await self._carrying.carry(records)
        after = {TopicPartition(*place): rs[-1].offset + 1 for place, rs in found.items()}
        self._next |= after
        await consumer.commit(after)
        # a broker that was emptied and filled again has other records at our offsets: what is
        # missing may stand before them, so its partition is read again, once
        for _, topic, partition in opened:
            await self.again((topic, partition))

    def assigned(self) -> Collection[Partition]:
        """What this member of the group reads."""
        return self._consumer.assignment() if self._consumer else ()

    async def places(self, partitions: Collection[Partition]) -> Mapping[Partition, Place]:
        """How far it is, and where the broker ends. KafkaError."""
        consumer, handed = self._known(), self._next
        ends = await consumer.end_offsets([TopicPartition(*partition) for partition in partitions])
        for there in ends:
            if there not in handed:
                handed.setdefault(there, await consumer.committed(there) or 0)
        return {there: Place(handed[there], end) for there, end in ends.items()}

    async def again(self, partition: Partition) -> None:
        """Read it from its beginning; the marks skip what has been taken."""
        there = TopicPartition(*partition)
        self._known().seek(there, 0)
        self._next[there] = 0

    def _known(self) -> AIOKafkaConsumer:
        if self._consumer is None:
            raise KafkaConnectionError("there is no consumer yet")
        return self._consumer
