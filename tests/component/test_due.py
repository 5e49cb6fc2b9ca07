"""What is due is done; what comes to nothing is seen, and asked again after a while."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from psycopg import AsyncConnection

from libs.runtime.telemetry import metrics
from libs.runtime.timing import Due, Task
from tests.component import tally
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.component.test_batch import add


@pytest.fixture
def nothing_comes_of() -> Sequence[Task]:
    """One that a rule refuses, and one that fails in the database each time."""
    refused, failing = add(uuid4(), tally.LIMIT + 1), add(uuid4(), 1, key="a nul \x00 in the key")
    return [Task(refused.command), Task(failing.command)]


async def test_what_comes_to_nothing_is_seen_and_asked_again_after_a_while(
    pair: Pair, nothing_comes_of: Sequence[Task], capsys: pytest.CaptureFixture[str]
) -> None:
    good, looks = Task(add(uuid4(), 1).command), 0

    async def due(_conn: AsyncConnection, _now: datetime, _beside: int) -> Sequence[Task]:
        nonlocal looks
        looks += 1
        return [*nothing_comes_of, good]

    async def several_looks() -> bool:
        return looks >= 3

    async with at_work(pair, due):
        await until(several_looks)
        assert _told() == len(nothing_comes_of)
    assert await pair.tally.one("SELECT count(*) FROM events") == 1
    assert await pair.tally.one("SELECT count(*) FROM answers") == 1
    said = capsys.readouterr().out
    assert (said.count("due and refused"), said.count("due and failed")) == (1, 1)


async def test_what_comes_to_nothing_stands_in_nobody_s_way(
    pair: Pair, nothing_comes_of: Sequence[Task]
) -> None:
    waiting = [*nothing_comes_of, Task(add(uuid4(), 1).command)]

    async def two_at_a_time(_conn: AsyncConnection, _now: datetime, beside: int) -> Sequence[Task]:
        return waiting[: 2 + beside]

    async def done() -> bool:
        return bool(await pair.tally.one("SELECT count(*) FROM events") == 1)

    async with at_work(pair, two_at_a_time):
        await until(done)


def at_work(pair: Pair, due: Due) -> AbstractAsyncContextManager[None]:
    """Its timer, with this alone to do."""
    lab = replace(pair.tally, found=replace(pair.tally.found, due=(due,)))
    return lab.at_work("timer")


def _told() -> float:
    """What operators read."""
    (told,) = metrics.DUE_UNDONE.collect()
    return {s.labels["service"]: s.value for s in told.samples}["tally"]
