"""What infrastructure breaks is begun again; what is a defect is not."""

import asyncio
from types import SimpleNamespace

import psycopg
import pytest
from aiokafka.errors import KafkaConnectionError
from structlog.testing import capture_logs

from libs.runtime import persisting
from libs.runtime.persisting import persist

AWAY = psycopg.OperationalError("away")


class Work:
    """Fails like this, one after the other, and then is done."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.times = 0

    async def __call__(self) -> int:
        self.times += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.times


TOO_LONG = psycopg.errors.TransactionTimeout("terminating connection due to transaction timeout")
STOOD_STILL = psycopg.errors.IdleInTransactionSessionTimeout("terminating connection")


@pytest.mark.parametrize(
    "failure",
    [AWAY, KafkaConnectionError(), ConnectionError(), TimeoutError(), TOO_LONG, STOOD_STILL],
)
async def test_what_infrastructure_breaks_is_begun_again(failure: Exception) -> None:
    with capture_logs() as lines:
        assert await persist("work", Work(failure, failure)) == 3
    assert [(line["work"], line["error"]) for line in lines] == [
        ("work", type(failure).__name__)
    ] * 2


@pytest.mark.parametrize("defect", [ValueError("a defect"), psycopg.ProgrammingError("no table")])
async def test_a_defect_rises_at_once(defect: Exception) -> None:
    work = Work(AWAY, defect)
    with pytest.raises(type(defect)):
        await persist("work", work)
    assert work.times == 2


async def test_patience_ends() -> None:
    work = Work(*[AWAY] * 100)
    with pytest.raises(psycopg.OperationalError):
        await persist("work", work, patience=4 * persisting.FIRST_PAUSE)
    assert 2 <= work.times <= 3


async def test_the_pause_grows_while_nothing_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    await persist("work", Work(*[AWAY] * 9))
    first, longest = persisting.FIRST_PAUSE, persisting.LONGEST_PAUSE
    assert pauses == [min(first * 2**n, longest) for n in range(9)]
    assert pauses[-2:] == [longest, longest]


async def test_what_lasted_begins_with_the_first_pause_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    class Lasting(Work):
        async def __call__(self) -> int:
            nonlocal now
            now += persisting.LONGEST_PAUSE + 1 if self.times == 3 else 0
            return await super().__call__()

    monkeypatch.setattr(asyncio, "sleep", sleep)
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr("libs.runtime.persisting.time", clock)
    await persist("work", Lasting(*[AWAY] * 5))
    first = persisting.FIRST_PAUSE
    assert pauses == [first, 2 * first, 4 * first, first, 2 * first]
