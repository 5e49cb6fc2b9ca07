"""What the broker has and no consumer brings: it is noticed by the heartbeats."""

import asyncio
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from structlog.testing import capture_logs

from libs.runtime import broker, database, roles
from libs.runtime.inbound import overdue
from libs.runtime.inbound.consuming import Consuming
from libs.runtime.inbound.overdue import StandsStill
from libs.runtime.outbound import relay
from libs.runtime.settings import Settings
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.component.test_way import all_noted, fill, noted


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each judgement after half a second."""
    monkeypatch.setattr(overdue, "PATIENCE", 0.5)


async def acknowledged_unread(settings: Settings, group: str, *topics: str) -> None:
    """The group has everything behind it that is published, though it took nothing."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka,
        group_id=f"{settings.prefix}{group}",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        everything = [
            TopicPartition(f"{settings.prefix}{topic}", partition)
            for topic in topics
            for partition in range(broker.PARTITIONS)
        ]
        consumer.assign(everything)
        ends = await consumer.end_offsets(everything)
        await consumer.commit({there: end for there, end in ends.items() if end})
    finally:
        await consumer.stop()


REPUBLISH = "must be republished"


async def as_if_published(pair: Pair) -> None:
    """The relay's place is after everything, and nothing was sent."""
    async with await database.connect(pair.tally.settings.database) as conn:
        found = await conn.execute("SELECT cursor, numbers FROM relay")
        ((cursor, numbers),) = await found.fetchall()
        place = relay.start_of(cursor, numbers)
        _, after = relay.numbered(await relay.read(conn, place))
        assert await relay.move(conn, place, after)


async def all_published(pair: Pair) -> bool:
    head = await pair.tally.one("SELECT count(*) FROM events")
    return bool(head and head == await pair.tally.one("SELECT cursor FROM relay"))


async def test_what_was_acknowledged_and_never_taken_is_read_again(pair: Pair) -> None:
    accounts = [uuid4() for _ in range(20)]
    async with pair.tally.at_work("relay"):
        await fill(pair, *accounts)
        await until(lambda: all_published(pair))
        await acknowledged_unread(pair.mirror.settings, "mirror", "tally.events")
        async with pair.mirror.at_work("react"):
            await until(lambda: all_noted(pair))
    assert await noted(pair) == [(a, "1 2 3 4 5") for a in sorted(accounts)]


@pytest.mark.parametrize("hangs", ["run", "_round"], ids=["before it joined", "while it reads"])
async def test_a_consumer_that_asks_for_nothing_is_ended(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, hangs: str
) -> None:
    async def asks_for_nothing(*_: object) -> None:
        await asyncio.Event().wait()

    async with pair.tally.at_work("relay"):
        await fill(pair, uuid4())
        with monkeypatch.context() as broken, pytest.RaisesGroup(StandsStill):
            broken.setattr(Consuming, hangs, asks_for_nothing)
            await asyncio.wait_for(roles.react(pair.mirror.found, pair.mirror.settings), 30)
        async with pair.mirror.at_work("react"):
            await until(lambda: all_noted(pair))


async def test_what_the_broker_has_not_got_is_told_once(pair: Pair) -> None:
    """The log has it, its relay says that it was published, and it is nowhere."""
    async with pair.tally.at_work("relay"):
        await fill(pair, uuid4())
        await until(lambda: all_published(pair))
        async with pair.mirror.at_work("react"):
            await until(lambda: all_noted(pair))
    await fill(pair, uuid4(), each=1)
    await as_if_published(pair)
    with capture_logs() as logs:

        async def told() -> bool:
            return any(REPUBLISH in line["event"] for line in logs)

        async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
            await until(told)
            await asyncio.sleep(2)
    assert len([line for line in logs if REPUBLISH in line["event"]]) == 1
