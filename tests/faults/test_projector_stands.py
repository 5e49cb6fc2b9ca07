"""What Faust loses or never hears of is read again, or the process ends and a clean one starts."""

import asyncio
import signal
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.errors import KafkaError
from faust.types import TP

from libs.events.directory import Entry
from libs.runtime import broker
from libs.runtime.inbound import overdue
from libs.runtime.working import working
from services.certificates.projector import GivesUp
from tests.component.certificates.conftest import Province
from tests.component.lab import until
from tests.component.test_overdue import acknowledged_unread
from tests.faults.projecting import (
    MODULE,
    Failing,
    all_published,
    carrying,
    relays,
    said,
    satisfied,
    taken,
)
from tests.faults.running import Process, processes


async def test_what_was_acknowledged_and_never_taken_is_read_again(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when Faust, in a rebalance, goes on behind what it has thrown away."""
    monkeypatch.setattr(overdue, "PATIENCE", 0.5)
    own = province.certificates
    async with relays(province):
        events = await said(province, [uuid4() for _ in range(20)])
        await until(lambda: all_published(province, events))
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
