"""The projector's carrier: each of Faust's traps, with the real Faust and a real broker."""

import asyncio
import signal
import time
from pathlib import Path
from typing import cast
from uuid import uuid4

import psycopg
import pytest
from faust.transport.drivers.aiokafka import Consumer

from libs.runtime.working import working
from services.certificates.projector import GivesUp
from tests.component.certificates.conftest import Province
from tests.component.certificates.words import (
    enough,
    recognised,
    registered,
    revoked,
)
from tests.component.lab import until
from tests.faults.process import STATUS
from tests.faults.projecting import (
    MODULE,
    acknowledged,
    administrating,
    all_published,
    carrying,
    kept,
    relays,
    said,
    satisfied,
    taken,
)
from tests.faults.running import Process, processes

CRASHES = {
    "before the consumer's commit": "libs.runtime.log.batch:Work.writes:return:1",
    "after the consumer's commit, before the acknowledgement": (
        "libs.runtime.inbound.taking:Taker.take:return:1"
    ),
}


async def test_what_was_published_before_it_first_started_is_taken(province: Province) -> None:
    async with relays(province):
        events = await said(province, [uuid4() for _ in range(20)])
        await until(lambda: all_published(province, events))
        async with province.certificates.at_work("project"):
            await taken(province, events)
            assert await satisfied(province, 20)


async def test_it_hears_how_current_it_is_and_declares_no_topic(province: Province) -> None:
    async with relays(province), province.certificates.at_work("project"):
        await taken(province, await said(province, [uuid4()]))

        async def heard() -> bool:
            return len(await province.certificates.rows("SELECT FROM heard")) == 3

        await until(heard)
    prefix = province.certificates.settings.prefix
    async with administrating(province.certificates.settings.kafka) as admin:
        topics = {t.removeprefix(prefix) for t in await admin.list_topics() if t.startswith(prefix)}
    contexts = ("certificates", "hours", "identity", "policy")
    assert topics == {*(f"{c}.events" for c in contexts), "identity.directory", "heartbeats"}


async def test_a_batch_whose_handler_raises_comes_again(province: Province, tmp_path: Path) -> None:
    broken = [psycopg.OperationalError("away"), psycopg.OperationalError("away")]
    async with (
        relays(province),
        carrying(province, tmp_path, *broken) as (taker, projector),
        working(projector.run()),
    ):
        await taken(province, await said(province, [uuid4() for _ in range(5)]))
        assert await satisfied(province, 5)
    assert not taker.failures


async def test_a_partition_in_which_something_has_just_come_is_no_error(
    province: Province, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        relays(province),
        carrying(province, tmp_path) as (_, projector),
        working(projector.run()),
    ):
        await taken(province, await said(province, [uuid4() for _ in range(5)]))
        consumer = cast("Consumer", projector._app.consumer)
        consumer._thread.time_started -= 3600  # as if it had been up for an hour
        consumer.pause_partitions(consumer.assignment())
        for partition in consumer.assignment():
            await consumer._seek(partition, 0)
        await consumer.verify_all_partitions_active()
    told = [record.getMessage() for record in caplog.records]
    assert [line for line in told if "has not started processing" in line] == []


@pytest.mark.parametrize("failure", [ValueError("a defect"), psycopg.OperationalError("away")])
async def test_it_gives_up_and_has_acknowledged_nothing(
    province: Province, tmp_path: Path, failure: Exception
) -> None:
    async with (
        relays(province),
        carrying(province, tmp_path, *([failure] * 100), patience=0.2) as (_, projector),
    ):
        events = await said(province, [uuid4() for _ in range(5)])
        with pytest.raises(GivesUp):
            await asyncio.wait_for(projector.run(), 30)
        assert await acknowledged(province) == 0
        async with province.certificates.at_work("project"):
            await taken(province, events)


@pytest.mark.parametrize("point", CRASHES)
async def test_a_crash_around_the_commit_loses_and_doubles_nothing(
    province: Province, tmp_path: Path, point: str
) -> None:
    projector = Process(province.certificates, MODULE, "project", tmp_path)
    people = [uuid4() for _ in range(30)]
    async with relays(province):
        with processes(projector):
            projector.start(CRASHES[point])
            events = await said(province, people)
            assert await projector.crashed() == STATUS
            assert await acknowledged(province) <= await kept(province)
            projector.start()
            await taken(province, events)
            assert await satisfied(province, 30)
            more = [recognised(person, "4") for person in people]
            await province.hours.say(*more, *(revoked(entry) for entry in more))
            await taken(province, events + 60)


async def test_after_a_power_cut_it_is_back_within_seconds(
    province: Province, tmp_path: Path
) -> None:
    projector = Process(province.certificates, MODULE, "project", tmp_path)
    async with relays(province):
        with processes(projector):
            projector.start()
            await taken(province, events := await said(province, [uuid4()]))
            projector.kill()
            projector.start()
            began = time.monotonic()
            person = uuid4()
            await province.identity.say(registered(person))
            await province.hours.say(*enough(person))
            await taken(province, events + 5)
            assert time.monotonic() - began < 30  # a minute with Faust's own defaults
            projector.signal(signal.SIGTERM)
            assert await projector.crashed() == 0


async def test_without_its_database_the_process_ends_and_the_next_one_goes_on(
    province: Province, tmp_path: Path
) -> None:
    settings = province.certificates.settings
    projector = Process(province.certificates, MODULE, "project", tmp_path)
    name = psycopg.conninfo.conninfo_to_dict(settings.database)["dbname"]
    async with relays(province):
        with processes(projector):
            projector.start()
            await taken(province, events := await said(province, [uuid4()]))
            _allow(settings.database_owner, str(name), allowed=False)
            person = uuid4()
            await province.identity.say(registered(person))
            await province.hours.say(*enough(person))
            assert await projector.crashed() not in (0, -signal.SIGKILL)
            _allow(settings.database_owner, str(name), allowed=True)
            projector.start()
            await taken(province, events + 5)
            assert await satisfied(province, 2)


def _allow(owner: str, name: str, *, allowed: bool) -> None:
    """Let clients connect to this database, or cut them off."""
    with psycopg.connect(owner, dbname="postgres", autocommit=True) as conn:
        conn.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}'.encode())
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
