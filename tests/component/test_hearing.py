"""The listener to heartbeats: what it writes down, and what it does while there is no topic."""

import asyncio
import logging
from datetime import datetime
from typing import Any

import msgspec
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from libs.runtime import broker, database
from libs.runtime.inbound.hearing import Hearing
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.working import working
from tests.component.conftest import Pair
from tests.component.lab import AT, Lab, until
from tests.component.test_heard import SECOND, replaced, taken


def hearing_in(lab: Lab) -> Hearing:
    """It listens to tally."""
    settings = lab.settings
    return Hearing(("tally",), settings.kafka, settings.database, lab.clock, settings.prefix)


def beat_in(lab: Lab, **said: Any) -> Heartbeat:
    """The beat, of the topic of this test."""
    return replaced(topic=f"{lab.settings.prefix}tally.events", **said)


async def beats(lab: Lab, beat: Heartbeat) -> None:
    """It beats until it has been heard."""
    topic = f"{lab.settings.prefix}{broker.HEARTBEATS}"
    async with broker.producer(lab.settings.kafka) as producer:

        async def heard() -> bool:
            await producer.send_and_wait(topic, beat.encode(), b"tally")
            found: list[tuple[datetime, ...]] = await lab.rows("SELECT as_of FROM heard")
            return found == [(beat.as_of,)]

        await until(heard)


@pytest.mark.parametrize(
    "forged",
    [
        {"numbers": []},
        {"numbers": [10**30] * 12},
        {"numbers": [-1] * 12},
        {"position": 1 << 63},
        {"as_of": AT.replace(tzinfo=None)},
        {"as_of": AT.replace(year=9999)},
        {"topic": "another.events"},
        {"topic": "tally\x00.events"},
    ],
    ids=str,
)
async def test_what_no_relay_can_have_said_is_not_heard(pair: Pair, forged: Any) -> None:
    """What is heard only moves forward: an instant to come would make all current for ever."""
    lab = pair.mirror
    beat = beat_in(lab)
    await taken(lab, topic=beat.topic, p0=9, p2=7)
    topic = f"{lab.settings.prefix}{broker.HEARTBEATS}"
    async with broker.producer(lab.settings.kafka) as producer, working(hearing_in(lab).run()):
        await beats(lab, beat)
        later = beat_in(lab, as_of=beat.as_of + SECOND)
        said = msgspec.structs.replace(later, **forged)
        await producer.send_and_wait(topic, said.encode(), b"tally")
        await beats(lab, beat_in(lab, as_of=beat.as_of + 2 * SECOND))


async def test_what_is_heard_waits_for_no_write_lock(pair: Pair) -> None:
    settings = pair.mirror.settings
    beat = beat_in(pair.mirror)
    await taken(pair.mirror, topic=beat.topic, p0=9, p2=7)
    hearing = hearing_in(pair.mirror)
    async with await database.connect(settings.database) as batch_of_another:
        await batch_of_another.execute("SELECT pg_advisory_lock(1)")
        async with working(hearing.run()):
            await beats(pair.mirror, beat)


async def test_a_topic_that_goes_away_is_not_asked_for_without_a_pause(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    settings = pair.mirror.settings
    beat = beat_in(pair.mirror)
    await taken(pair.mirror, topic=beat.topic, p0=9, p2=7)
    hearing = hearing_in(pair.mirror)
    async with working(hearing.run()):
        await beats(pair.mirror, beat)
        admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka)
        await admin.start()
        try:
            await admin.delete_topics([f"{settings.prefix}{broker.HEARTBEATS}"])
        finally:
            await admin.close()
        with caplog.at_level(logging.ERROR, "aiokafka"):
            await asyncio.sleep(1.5)
        assert len(caplog.records) < 300  # several thousands otherwise, and the broker as busy
        await broker.create_topics(settings.kafka, broker.wanted_topics(settings.prefix, ["tally"]))
        await beats(pair.mirror, beat_in(pair.mirror, as_of=beat.as_of + SECOND))
