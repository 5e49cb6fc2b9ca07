"""A Faust agent that only counts: `python -m tests.bench.counting KAFKA EVENTS TOPIC...`."""

import asyncio
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import uvloop

from libs.runtime.settings import Settings
from services.certificates.projector import GATHERED, WAITS, app_for


async def count(kafka: str, events: int, topics: list[str]) -> None:
    """Read so many and print how many a second, from the first to the last."""
    with TemporaryDirectory() as folder:
        app = app_for(f"count-{uuid4().hex[:8]}", Settings(kafka=kafka), folder)
        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        seen, began = 0, 0.0

        async def counting(stream: Any) -> None:
            nonlocal seen, began
            async for some in stream.noack_take(GATHERED, within=WAITS):
                began = began or time.perf_counter()
                seen += len(some)
                for event in some:
                    await stream.ack(event)
                if seen >= events:
                    done.set_result(events / (time.perf_counter() - began))

        channel = app.topic(
            *topics,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
        )
        app.agent(channel, name="count", concurrency=1)(counting)
        await app.start()
        sys.stdout.write(f"{await done:.0f}\n")
        sys.stdout.flush()
        await asyncio.wait({asyncio.ensure_future(app.stop())}, timeout=5)


if __name__ == "__main__":
    uvloop.run(count(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
