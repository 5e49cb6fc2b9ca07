"""Whole topics, as they stand on the broker."""

from aiokafka import ConsumerRecord

from libs.runtime import broker


async def records(kafka: str, topic: str) -> list[ConsumerRecord]:
    """Every record of a topic, a partition after the other."""
    found: list[ConsumerRecord] = []
    async with broker.consumer(kafka, None, topic) as consumer:
        parts = sorted(consumer.assignment())  # of nobody's group: all of them
        assert parts, topic
        ends = await consumer.end_offsets(parts)
        await consumer.seek_to_beginning(*parts)
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for some in (await consumer.getmany(timeout_ms=200)).values():
                found += some
    return found


async def names(kafka: str) -> set[str]:
    """Every topic of the broker."""
    async with broker.consumer(kafka, None) as consumer:
        found: set[str] = await consumer.topics()
        return found


def whole(record: ConsumerRecord) -> bytes:
    """All bytes of a record: key, value and headers."""
    values = [value or b"" for _name, value in record.headers]
    return b" ".join([record.key or b"", record.value or b"", *values])
