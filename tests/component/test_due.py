"""What is due is done; what a rule refuses is seen, and asked again after a while."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from psycopg import AsyncConnection

from libs.runtime.telemetry import metrics
from libs.runtime.timing import Task
from tests.component import tally
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.component.test_batch import add


async def test_what_is_refused_is_seen_and_stands_in_nobody_s_way(pair: Pair) -> None:
    refused, good = Task(add(uuid4(), tally.LIMIT + 1).command), Task(add(uuid4(), 1).command)
    looks = 0

    async def due(_conn: AsyncConnection, _now: datetime) -> Sequence[Task]:
        nonlocal looks
        looks += 1
        return [refused, good]

    async def several_looks() -> bool:
        return looks >= 3

    lab = replace(pair.tally, found=replace(pair.tally.found, due=(due,)))
    async with lab.at_work("timer"):
        await until(several_looks)
        assert _told() == 1
    assert await lab.one("SELECT count(*) FROM events") == 1
    assert await lab.one("SELECT count(*) FROM answers") == 1


def _told() -> float:
    """What operators read."""
    (told,) = metrics.DUE_REFUSED.collect()
    return {s.labels["service"]: s.value for s in told.samples}["tally"]
