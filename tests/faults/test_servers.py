"""The broker and the database stop and come back, connections are cut, the broker loses what it
had acknowledged: no operator but for the last, and nothing lost."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from deploy.local.kafka import Kafka
from deploy.local.keeping import kept
from deploy.local.postgres import Postgres
from tests.component.lab import until
from tests.faults import settling
from tests.faults.living import Living
from tests.faults.product import Product


@asynccontextmanager
async def lived_through(product: Product, people: int = 10) -> AsyncIterator[Living]:
    """What is broken inside is broken while people live; in the end everything is exact."""
    living = Living.of(product, people)
    async with living.under_way() as task:
        await until(lambda: living.has_come_to(0.3, task), 90)
        yield living
    await settling.settled(product)
    await living.all_is_exact()


async def _switch(act: Callable[[], None]) -> None:
    await asyncio.to_thread(act)


async def test_the_broker_stops_and_comes_back_under_the_projector(product: Product) -> None:
    broker, meanwhile = product.servers.broker, Living.of(product, 3)
    async with lived_through(product):
        await _switch(broker.stop)
        await meanwhile.claim()  # commands need no broker
        await _switch(broker.start)
    await meanwhile.generate()
    await meanwhile.all_is_exact()


async def test_the_database_loses_its_power_and_comes_back(product: Product) -> None:
    async with lived_through(product):
        await _switch(product.servers.database.kill)
        await _switch(product.servers.database.start)


async def test_servers_that_are_killed_are_started_again(product: Product) -> None:
    """As in `make run`: no hand but the keepers' brings them back, and people go on."""
    said: list[str] = []
    with kept(product.servers, said.append):
        async with lived_through(product):
            for server in (product.servers.database, product.servers.broker):
                assert isinstance(server, Postgres | Kafka)
                os.kill(server.process.pid, signal.SIGKILL)
    assert {line.split()[0] for line in said} == {"PostgreSQL", "Kafka"}


async def test_connections_are_cut(product: Product) -> None:
    async with lived_through(product) as living:
        for share in (0.3, 0.5, 0.7, 0.9):
            await until(lambda share=share: _so_far(living, share), 90)
            await asyncio.to_thread(_cut, product.servers.postgres)


async def _so_far(living: Living, share: float) -> bool:
    return living.done >= share * living.all


def _cut(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'jixu_app'"
        )


async def test_a_broker_that_lost_its_tail_is_noticed_and_filled_again(
    product: Product, tmp_path: Path
) -> None:
    broker, data, projector = product.servers.broker, _data_of(product), "certificates-project"
    living = Living.of(product, 6)
    await _switch(broker.stop)
    shutil.copytree(data, tmp_path / "before")
    await _switch(broker.start)
    product.pause(projector)
    await living.claim()
    await until(lambda: _all_published(product))
    await _switch(broker.stop)
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "before", data)
    await _switch(broker.start)
    product.kill(projector)
    gaps = product.said(projector, GAP)
    living.hours = ("4.00",)
    await living.claim()
    await until(lambda: _says_more(product, projector, gaps), 60)
    assert _kept(product, living) == 0
    await product.operate("hours", "republish")
    await settling.settled(product)
    await living.generate()
    await living.all_is_exact()


GAP = "gap: a record is missing"


async def _says_more(product: Product, name: str, before: int) -> bool:
    return product.said(name, GAP) > before


async def _all_published(product: Product) -> bool:
    query = "SELECT cursor = (SELECT max(position) FROM events) FROM relay"
    return product.rows("hours", query) == [(True,)]


def _kept(product: Product, living: Living) -> object:
    query = "SELECT count(*) FROM kept WHERE topic = 'hours.events' AND subject = ANY(%s)"
    people = [life.person for life in living.lives]
    return product.rows("certificates", query, people)[0][0]


async def test_an_emptied_broker_is_filled_from_the_logs(product: Product) -> None:
    async with lived_through(product):
        await _switch(product.servers.broker.stop)
        shutil.rmtree(_data_of(product))
        await _switch(product.servers.broker.start)
        await asyncio.gather(
            *(product.operate(service, "republish") for service in product.wiring.databases)
        )


def _data_of(product: Product) -> Path:
    broker = product.servers.broker
    assert isinstance(broker, Kafka)
    return broker.folder / "data"
