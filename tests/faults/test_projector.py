"""The projector's carrier: each of Faust's traps, with the real Faust and a real broker."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast
from uuid import uuid4

import psycopg
import pytest
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.errors import KafkaError
from faust.transport.drivers.aiokafka import Consumer
from faust.types import TP

from libs.events.directory import Entry
from libs.runtime import broker, roles
from libs.runtime.inbound import overdue
from libs.runtime.inbound.marks import Arrived
from libs.runtime.inbound.taking import Taken, Taker
from libs.runtime.working import working
from services.certificates.projector import GivesUp, Projector, app_for
from tests.component.certificates.conftest import Province
from tests.component.certificates.words import (
    enough,
    recognised,
    registered,
    revoked,
)
from tests.component.lab import until
from tests.component.test_overdue import acknowledged_unread
from tests.faults.process import STATUS
from tests.faults.projecting import (
    MODULE,
    acknowledged,
    administrating,
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
        await until(lambda: _all_published(province, events))
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


class Failing(Taker):
    """A taker that fails as told before it works."""

    failures: list[Exception]
    records = 0  # that came, taken or not

    async def take(self, arrived: Sequence[Arrived]) -> Taken:
        """Fail first."""
        self.records += len(arrived)
        if self.failures:
            raise self.failures.pop(0)
        return await super().take(arrived)


@asynccontextmanager
async def carrying(
    province: Province, tmp_path: Path, *failures: Exception, patience: float = 3.0
) -> AsyncIterator[tuple[Failing, Projector]]:
    """A projector whose taker fails like this."""
    own = province.certificates
    ready = roles.taker(own.found, own.settings)
    taker = Failing(own.found.service, own.settings.database, own.clock, ready._seal)
    taker.failures = list(failures)
    yield (
        taker,
        Projector(
            "certificates",
            ("hours", "identity", "policy"),
            app_for("certificates", own.settings, str(tmp_path)),
            taker,
            own.clock,
            own.settings.prefix,
            patience,
        ),
    )


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


async def test_what_was_acknowledged_and_never_taken_is_read_again(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when Faust, in a rebalance, goes on behind what it has thrown away."""
    monkeypatch.setattr(overdue, "PATIENCE", 0.5)
    own = province.certificates
    async with relays(province):
        events = await said(province, [uuid4() for _ in range(20)])
        await until(lambda: _all_published(province, events))
        topics = [f"{source}.events" for source in ("hours", "identity", "policy")]
        await acknowledged_unread(own.settings, "certificates", *topics)
        async with own.at_work("project", "timer"):  # the law may come last, and judges in parts
            await taken(province, events)
            await until(lambda: satisfied(province, 20))


async def test_what_is_read_again_while_more_comes_comes_from_its_beginning(
    province: Province, tmp_path: Path
) -> None:
    """Faust keeps nothing away that it has read before."""
    async with (
        relays(province),
        carrying(province, tmp_path) as (taker, projector),
        working(projector.run()),
    ):
        await taken(province, events := await said(province, [uuid4() for _ in range(20)]))
        before = taker.records
        for partition in projector.assigned():
            await projector.again(partition)
            projector._consumer._read_offset[TP(*partition)] = events  # it was just handing over
        await until(lambda: _carried(taker, before + events))
        await taken(province, events)


async def _carried(taker: "Failing", records: int) -> bool:
    return taker.records >= records


async def _all_published(province: Province, events: int) -> bool:
    heads = [await s.lab.one("SELECT cursor FROM relay") for s in province.sources]
    return bool(sum(heads) == events)


@pytest.mark.parametrize("error", [AssertionError("no metadata"), KafkaError("fenced")])
async def test_it_gives_up_when_its_membership_of_the_group_has_ended(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Faust asks the client for records behind its back, and would wait for ever."""
    async with (
        relays(province),
        carrying(province, tmp_path) as (_, projector),
    ):
        events = await said(province, [uuid4() for _ in range(5)])
        running = asyncio.create_task(projector.run())
        await taken(province, events)

        async def breaks(*_: object) -> None:
            raise error

        with monkeypatch.context() as broken:
            broken.setattr(GroupCoordinator, "ensure_active_group", breaks)
            client = projector._consumer._thread._consumer
            assert client is not None
            client._coordinator.request_rejoin()
            with pytest.raises(GivesUp):
                await asyncio.wait_for(running, 30)


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


async def test_what_fails_beside_it_ends_the_process(province: Province, tmp_path: Path) -> None:
    """Faust's threads hang on, and whoever asks for its figures would be answered for ever."""
    own = province.certificates
    projector = Process(own, MODULE, "project", tmp_path)
    async with relays(province):
        with processes(projector):
            projector.start()
            await taken(province, await said(province, [uuid4()]))
            with psycopg.connect(own.settings.database_owner, autocommit=True) as conn:
                conn.execute("DROP TABLE private.directory")
            entry = Entry(uuid4(), uuid4(), 1, None)
            async with broker.producer(own.settings.kafka) as producer:
                topic = f"{own.settings.prefix}{broker.DIRECTORY}"
                await producer.send_and_wait(topic, entry.value, entry.key, headers=entry.headers)
            assert await projector.crashed() not in (0, -signal.SIGKILL)


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
