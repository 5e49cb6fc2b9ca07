"""The relay (发件): reads the log above its cursor and publishes, in order, a partition each.

One relay a service, chosen by a session's advisory lock. A round reads, sends one batch a
partition, waits for every acknowledgement and then moves the cursor by compare-and-set, so
that an operator's 0 wins. A round that is repeated sends the same numbers again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2
from psycopg import AsyncConnection, AsyncRawCursor

from libs.runtime.broker import PARTITIONS
from libs.runtime.log import codec
from libs.runtime.log.codec import LogRow

Numbered = tuple[LogRow, bytes, int]

MOST_A_ROUND = 4000
QUIET = 3.0  # seconds without an event


def partition_of(key: bytes) -> int:
    """Where a key goes, for ever: Kafka's own murmur2."""
    return int(murmur2(key) & 0x7FFFFFFF) % PARTITIONS


@dataclass(frozen=True, slots=True)
class Place:
    """How far the log has been published."""

    cursor: int
    numbers: tuple[int, ...]  # the last position sent, a partition each


@dataclass(frozen=True, slots=True)
class Round:
    """What one round read, and whether it was all there was."""

    rows: Sequence[LogRow]
    place: Place
    complete: bool


def start_of(cursor: int, numbers: Sequence[int]) -> Place:
    """The place as stored; from 0 the numbers count from 0 as well."""
    return Place(cursor, tuple(numbers) if cursor and numbers else (0,) * PARTITIONS)


def numbered(this: Round) -> tuple[Mapping[int, Sequence[Numbered]], Place]:
    """The round's records a partition, each with its key and the position before it there; and
    the place after them. The same log has the same numbers, however it is cut into rounds."""
    numbers = list(this.place.numbers)
    parts: defaultdict[int, list[Numbered]] = defaultdict(list)
    for row in this.rows:
        key = str(row.subject).encode()
        partition = partition_of(key)
        parts[partition].append((row, key, numbers[partition]))
        numbers[partition] = row.position
    cursor = this.rows[-1].position if this.rows else this.place.cursor
    return parts, Place(cursor, tuple(numbers))


async def read(conn: AsyncConnection, place: Place, most: int = MOST_A_ROUND) -> Round:
    """The next rows of the log."""
    cursor = AsyncRawCursor(conn)
    await cursor.execute(
        "SELECT position, id, type, version, subject, recorded_at, meta, body FROM events "
        "WHERE position > $1 ORDER BY position LIMIT $2",
        (place.cursor, most),
    )
    rows = [LogRow(*row) for row in await cursor.fetchall()]
    return Round(rows, place, len(rows) < most)


class Publisher:
    """Sends rounds to one topic."""

    def __init__(self, producer: AIOKafkaProducer, topic: str, log_id: str) -> None:
        self._producer = producer
        self._topic = topic
        self._log_id = log_id

    async def publish(self, this: Round) -> Place:
        """All of the round is acknowledged by the broker; the place after it. KafkaError."""
        parts, place = numbered(this)
        await asyncio.gather(*(self._send(p, records) for p, records in parts.items()))
        return place

    async def _send(self, partition: int, records: Sequence[Numbered]) -> None:
        acks = []
        builder = self._producer.create_batch()
        for row, key, previous in records:
            record = {
                "key": key,
                "value": row.body.encode(),
                "timestamp": int(row.recorded_at.timestamp() * 1000),
                "headers": codec.headers(row, self._log_id, previous),
            }
            if builder.append(**record) is None:
                acks.append(await self._flush(builder, partition))
                builder = self._producer.create_batch()
                if builder.append(**record) is None:
                    raise KafkaError(f"position {row.position} does not fit into a batch")
        acks.append(await self._flush(builder, partition))
        await asyncio.gather(*acks)

    async def _flush(self, builder: Any, partition: int) -> Any:
        return await self._producer.send_batch(builder, self._topic, partition=partition)


async def move(conn: AsyncConnection, before: Place, after: Place) -> bool:
    """Move the cursor if nobody else has; False when an operator did."""
    done = await conn.execute(
        "UPDATE relay SET cursor = %s, numbers = %s WHERE cursor = %s",
        (after.cursor, list(after.numbers), before.cursor),
    )
    return done.rowcount == 1


def wait_after(this: Round, quiet: float) -> float:
    """Seconds to the next look, when nothing has come for so many: none when there is more,
    30 ms when busy, 25 ms when idle, 100 ms when idle for long."""
    if not this.complete:
        return 0
    if this.rows:
        return 0.030
    return 0.025 if quiet < QUIET else 0.100
