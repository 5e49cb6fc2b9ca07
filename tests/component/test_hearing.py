"""The listener to heartbeats: what it writes down, and what it does while there is no topic."""

import asyncio
import logging
from datetime import datetime

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from libs.runtime import broker, database
from libs.runtime.inbound.hearing import Hearing
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.working import working
from tests.component.conftest import Pair
from tests.component.lab import Lab, until
from tests.component.test_heard import BEAT, SECOND, replaced, taken


async def beats(lab: Lab, beat: Heartbeat) -> None:
    """It beats until it has been heard."""
    topic = f"{lab.settings.prefix}{broker.HEARTBEATS}"
    async with broker.producer(lab.settings.kafka) as producer:

        async def heard() -> bool:
            await producer.send_and_wait(topic, beat.encode(), b"tally")
            found: list[tuple[datetime, ...]] = await lab.rows("SELECT as_of FROM heard")
            return found == [(beat.as_of,)]

        await until(heard)


async def test_what_is_heard_waits_for_no_write_lock(pair: Pair) -> None:
    settings = pair.mirror.settings
    await taken(pair.mirror, p0=9, p2=7)
    hearing = Hearing(("tally",), settings.kafka, settings.database, settings.prefix)
    async with await database.connect(settings.database) as batch_of_another:
        await batch_of_another.execute("SELECT pg_advisory_lock(1)")
        async with working(hearing.run()):
            await beats(pair.mirror, BEAT)


async def test_a_topic_that_goes_away_is_not_asked_for_without_a_pause(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    settings = pair.mirror.settings
    await taken(pair.mirror, p0=9, p2=7)
    hearing = Hearing(("tally",), settings.kafka, settings.database, settings.prefix)
    async with working(hearing.run()):
        await beats(pair.mirror, BEAT)
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
        await beats(pair.mirror, replaced(as_of=BEAT.as_of + SECOND))
