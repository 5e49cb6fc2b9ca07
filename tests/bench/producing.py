"""A bare aiokafka producer: `python -m tests.bench.producing KAFKA TOPIC RECORDS BYTES`.

Acknowledged by all and idempotent, as the relay's; no database, no headers, keys alone.
"""

import asyncio
import sys
import time
from uuid import uuid4

import uvloop

from libs.runtime import broker

AT_ONCE = 4000


async def produce(kafka: str, topic: str, records: int, size: int) -> None:
    """Send so many and print how many a second."""
    keys = [str(uuid4()).encode() for _ in range(AT_ONCE)]
    value = b"x" * size
    async with broker.producer(kafka) as producer:
        await producer.send_and_wait(topic, value, keys[0])
        began = time.perf_counter()
        for _ in range(0, records, AT_ONCE):
            acks = [await producer.send(topic, value, key) for key in keys]
            await asyncio.gather(*acks)
        sys.stdout.write(f"{records / (time.perf_counter() - began):.0f}\n")


if __name__ == "__main__":
    uvloop.run(produce(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
