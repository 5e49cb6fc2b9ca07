"""How late events are: `python -m tests.bench.listening KAFKA TOPIC`.

Reads what comes from now on, for as long as a file `listening` stands beside the clock of
JIXU_CLOCK, which it makes when it has begun; then writes lags.json there.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import uvloop
from aiokafka import TopicPartition

from libs.runtime import broker
from libs.runtime.clock import Clock
from tests.bench.told import share


async def listen(kafka: str, topic: str) -> None:
    """The time from the click, as the event has it, to here."""
    file = Path(os.environ["JIXU_CLOCK"])
    clock, lags = Clock(file), []
    async with broker.consumer(kafka, None) as consumer:
        consumer.assign([TopicPartition(topic, n) for n in range(broker.PARTITIONS)])
        await consumer.seek_to_end()
        listening = file.parent / "listening"
        listening.touch()
        while listening.exists():
            found = await consumer.getmany(timeout_ms=200)
            now = clock.now()
            for records in found.values():
                for record in records:
                    at = datetime.fromisoformat(dict(record.headers)["ce_time"].decode())
                    lags.append((now - at).total_seconds() * 1000)
    told = {"events": len(lags), "p50": share(lags, 50), "p99": share(lags, 99)}
    (file.parent / "lags.json").write_text(json.dumps(told))


if __name__ == "__main__":
    uvloop.run(listen(sys.argv[1], sys.argv[2]))
