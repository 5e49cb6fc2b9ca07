"""Producers, consumers and topics, each with the settings that lose nothing."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

PARTITIONS = 12  # for ever: a new count is a new topic
HEARTBEATS = "heartbeats"
DIRECTORY = "identity.directory"
_HOUR, _DAY = 3_600_000, 86_400_000

_FOR_EVER = {"retention.ms": "-1", "cleanup.policy": "delete"}
_STATES = {
    "cleanup.policy": "compact",
    "max.compaction.lag.ms": str(_DAY),
    "delete.retention.ms": str(_DAY),
    "segment.ms": str(_HOUR),
}
_SHORT = {"retention.ms": str(_HOUR), "cleanup.policy": "delete"}


@asynccontextmanager
async def producer(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    """Idempotent, acknowledged by all replicas; batches large enough for any event."""
    made = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        max_batch_size=900_000,
        request_timeout_ms=15_000,
        linger_ms=0,
    )
    async with _started(made):
        yield made


@asynccontextmanager
async def consumer(
    bootstrap: str, group: str | None, *topics: str
) -> AsyncIterator[AIOKafkaConsumer]:
    """From the earliest, nothing committed but by hand; a dead member is missed in seconds."""
    made = AIOKafkaConsumer(
        *topics,
        bootstrap_servers=bootstrap,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=2000,
        rebalance_timeout_ms=10_000,
        max_partition_fetch_bytes=4 * 1024 * 1024,
        metadata_max_age_ms=5_000,
    )
    async with _started(made):
        yield made


@asynccontextmanager
async def _started(client: AIOKafkaConsumer | AIOKafkaProducer) -> AsyncIterator[None]:
    """Stopped afterwards, also when it could not be started."""
    try:
        await client.start()
        yield
    finally:
        await client.stop()


def wanted_topics(prefix: str, contexts: Iterable[str], replicas: int = 1) -> list[NewTopic]:
    """One topic a context, kept for ever; the directory compacted; heartbeats an hour.

    Of so many replicas all but one must have a record before it is acknowledged.
    """
    safe = {"min.insync.replicas": str(max(replicas - 1, 1))}
    return [
        NewTopic(f"{prefix}{name}", partitions, replicas, topic_configs=kept | safe)
        for name, partitions, kept in (
            *((f"{context}.events", PARTITIONS, _FOR_EVER) for context in contexts),
            (DIRECTORY, PARTITIONS, _STATES),
            (HEARTBEATS, 1, _SHORT),
        )
    ]


async def create_topics(bootstrap: str, topics: list[NewTopic]) -> None:
    """Create what is missing of these topics."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        answer = await admin.create_topics(topics)
    finally:
        await admin.close()
    for _topic, code, *_ in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise error
