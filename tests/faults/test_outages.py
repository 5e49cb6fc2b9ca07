"""Servers stop, connections are cut, processes stand still or die: no operator, nothing lost."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from deploy.local.kafka import Kafka
from deploy.local.server import Servers
from libs.runtime import operating
from libs.runtime.settings import Settings
from tests.component import lab, mirror, tally
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.faults import clicking
from tests.faults.running import Process, processes

HOLDS_THE_LOCK = "psycopg:AsyncConnection.execute:entry:2:COMMIT"


@dataclass
class Province:
    """tally and mirror on servers that may be broken, each role a process."""

    pair: Pair
    web: Process
    relay: Process
    react: Process

    async def noted(self, count: int, amounts: range) -> None:
        """These clicks, made now, arrive exactly once."""
        accounts = clicking.accounts(count)
        await clicking.clicks(self.web, accounts, amounts)
        await until(lambda: clicking.all_noted(self.pair, accounts, amounts), 300)
        await clicking.nothing_doubled(self.pair, count * len(amounts))


@asynccontextmanager
async def province(servers: Servers, folder: Path) -> AsyncIterator[Province]:
    """Everything at work."""
    prefix = f"o{random.randrange(10**8)}."
    labs = [
        await lab.make(servers, compose(Settings()), prefix)
        for compose in (tally.compose, mirror.compose)
    ]
    pair = Pair(*labs)
    web = Process(pair.tally, "tests.component.tally", "web", folder)
    relay = Process(pair.tally, "tests.component.tally", "relay", folder)
    react = Process(pair.mirror, "tests.component.mirror", "react", folder)
    with processes(web, relay, react):
        for one in (web, relay, react):
            one.start()
        await web.answers()
        yield Province(pair, web, relay, react)
    lab.unmake(servers, labs)


async def test_a_process_that_stands_still_with_the_lock_keeps_nobody_waiting(
    servers: Servers, tmp_path: Path
) -> None:
    async with province(servers, tmp_path) as here:
        still = Process(here.pair.tally, "tests.component.tally", "web", tmp_path)
        with processes(still):
            still.start(pause=HOLDS_THE_LOCK)
            await still.answers()
            accounts = clicking.accounts(4)
            stuck = asyncio.create_task(clicking.clicks(still, accounts[:2], range(1, 3)))
            await until(lambda: asyncio.to_thread(_stands_still, still))
            await clicking.clicks(here.web, accounts[2:], range(1, 3))
            assert not stuck.done()
            stuck.cancel()


def _stands_still(process: Process) -> bool:
    running = process.running
    assert running is not None
    state = Path(f"/proc/{running.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"


async def test_the_broker_stops_and_comes_back(own_servers: Servers, tmp_path: Path) -> None:
    async with province(own_servers, tmp_path) as here:
        under_way = asyncio.create_task(here.noted(20, range(1, 40)))
        await until(lambda: _some(here.pair))
        await asyncio.to_thread(own_servers.broker.stop)
        await asyncio.to_thread(own_servers.broker.start)
        await under_way


async def test_the_database_is_restarted(own_servers: Servers, tmp_path: Path) -> None:
    async with province(own_servers, tmp_path) as here:
        under_way = asyncio.create_task(here.noted(20, range(1, 40)))
        await until(lambda: _some(here.pair))
        await asyncio.to_thread(own_servers.database.kill)
        await asyncio.to_thread(own_servers.database.start)
        await under_way


async def test_connections_are_cut(servers: Servers, tmp_path: Path) -> None:
    async with province(servers, tmp_path) as here:
        under_way = asyncio.create_task(here.noted(20, range(1, 40)))
        for _ in range(5):
            await until(lambda: _some(here.pair))
            await asyncio.to_thread(_cut, servers.postgres)
        await under_way


async def _some(pair: Pair) -> bool:
    """Something has arrived."""
    try:
        return bool(await pair.mirror.one("SELECT count(*) FROM events") > 0)
    except psycopg.OperationalError:
        return False


def _cut(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'jixu_app'"
        )


@pytest.mark.parametrize(
    ("kills", "accounts", "each"), [(2, 40, 25), pytest.param(10, 100, 50, marks=pytest.mark.long)]
)
async def test_random_power_cuts(
    servers: Servers, tmp_path: Path, kills: int, accounts: int, each: int
) -> None:
    dice = random.Random(kills)
    async with province(servers, tmp_path) as here:
        under_way = asyncio.create_task(here.noted(accounts, range(1, each + 1)))
        total = accounts * each
        for n in range(kills):
            share = total * (n + 1) // (kills + 1)
            await until(lambda share=share: _at_least(here.pair, share), 900)
            victim = dice.choice((here.web, here.relay, here.react))
            victim.kill()
            victim.start()
        await under_way


async def _at_least(pair: Pair, count: int) -> bool:
    return bool(await pair.tally.one("SELECT count(*) FROM events") >= count)


async def test_a_broker_that_lost_its_tail_is_noticed_and_filled_again(
    own_servers: Servers, tmp_path: Path
) -> None:
    async with province(own_servers, tmp_path) as here:
        accounts = clicking.accounts(6)
        await clicking.clicks(here.web, accounts, range(1, 4))
        await until(lambda: clicking.all_noted(here.pair, accounts, range(1, 4)))
        here.react.kill()
        broker, data = own_servers.broker, _data_of(own_servers)
        await asyncio.to_thread(broker.stop)
        shutil.copytree(data, tmp_path / "before")
        await asyncio.to_thread(broker.start)
        await clicking.clicks(here.web, accounts, range(4, 7))
        await until(lambda: _published(here.pair, 36))
        await asyncio.to_thread(broker.stop)
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "before", data)
        await asyncio.to_thread(broker.start)
        here.react.start()
        await clicking.clicks(here.web, accounts, range(7, 9))
        log = tmp_path / "tests.component.mirror-react.log"
        await until(
            lambda: asyncio.to_thread(lambda: "gap: a record is missing" in log.read_text())
        )
        assert await here.pair.mirror.one("SELECT count(*) FROM events") == 18
        await operating.republish(here.pair.tally.found, here.pair.tally.settings, [])
        await until(lambda: clicking.all_noted(here.pair, accounts, range(1, 9)), 60)
        await clicking.nothing_doubled(here.pair, 48)


async def test_an_emptied_broker_is_filled_from_the_logs(
    own_servers: Servers, tmp_path: Path
) -> None:
    async with province(own_servers, tmp_path) as here:
        accounts = clicking.accounts(6)
        await clicking.clicks(here.web, accounts, range(1, 4))
        await until(lambda: clicking.all_noted(here.pair, accounts, range(1, 4)))
        await asyncio.to_thread(own_servers.broker.stop)
        shutil.rmtree(_data_of(own_servers))
        await asyncio.to_thread(own_servers.broker.start)
        await operating.republish(here.pair.tally.found, here.pair.tally.settings, [])
        await clicking.clicks(here.web, accounts, range(4, 6))
        await until(lambda: clicking.all_noted(here.pair, accounts, range(1, 6)), 60)
        await clicking.nothing_doubled(here.pair, 30)


def _says(log: Path, words: str) -> bool:
    return words in log.read_text()


async def _published(pair: Pair, position: int) -> bool:
    return bool(await pair.tally.one("SELECT cursor FROM relay") == position)


def _data_of(servers: Servers) -> Path:
    assert isinstance(servers.broker, Kafka)
    return servers.broker.folder / "data"
