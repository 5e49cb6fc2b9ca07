"""The servers of `make run` come back when they are killed, and nobody waits for one at the end."""

import os
import signal
import socket
import time

import psycopg
import pytest

from deploy.local.kafka import Kafka
from deploy.local.kafka_wire import answers
from deploy.local.keeping import kept
from deploy.local.patience import until
from deploy.local.postgres import Postgres, accepts
from deploy.local.server import Given, Servers
from tests.fresh import topics_on

SECONDS = 60


def killed(server: Postgres | Kafka) -> None:
    """By somebody else than us: its postmaster, or its broker, alone."""
    os.kill(server.process.pid, signal.SIGKILL)


@pytest.fixture
def both(own_servers: Servers) -> tuple[Postgres, Kafka]:
    database, broker = own_servers.database, own_servers.broker
    assert isinstance(database, Postgres)
    assert isinstance(broker, Kafka)
    return database, broker


async def test_both_come_back_where_they_were_with_what_they_had(
    own_servers: Servers, both: tuple[Postgres, Kafka]
) -> None:
    (database, broker), said = both, list[str]()
    with psycopg.connect(database.address, autocommit=True) as connection:
        connection.execute("CREATE TABLE stays (word text)")
    topic = await topics_on(broker.address)("stays")
    addresses = own_servers.postgres, own_servers.kafka
    with kept(own_servers, said.append):
        killed(database)
        killed(broker)
        assert until(lambda: len(said) >= 2, SECONDS)
        assert until(lambda: accepts(addresses[0]) and answers(broker.port), SECONDS)
    assert (database.address, broker.address) == addresses
    with psycopg.connect(addresses[0]) as connection:
        assert connection.execute("SELECT count(*) FROM stays").fetchall() == [(0,)]
    assert topic in {folder.name[:-2] for folder in (broker.folder / "data").glob("stays-*")}
    for name in ("PostgreSQL", "Kafka"):
        assert any(line.startswith(f"{name} ended (by signal 9); starting it ag") for line in said)


def test_after_the_end_nobody_is_started_again(
    own_servers: Servers, both: tuple[Postgres, Kafka]
) -> None:
    database, _ = both
    said: list[str] = []
    with kept(own_servers, said.append):
        pass
    process = database.process
    killed(database)
    process.wait(10)
    assert (said, database.process) == ([], process)
    database.kill()
    assert until(lambda: _starts(database), SECONDS, pause=0.5)


def _starts(database: Postgres) -> bool:
    """The backends of a killed postmaster are gone a moment later."""
    from deploy.local.server import ServerFailed

    try:
        database.start()
    except ServerFailed:
        return False
    return True


def test_nobody_waits_for_a_server_that_can_not_come_back(
    own_servers: Servers, both: tuple[Postgres, Kafka]
) -> None:
    """Its port is taken by another: it is tried again and again, and the end takes seconds."""
    _, broker = both
    said: list[str] = []
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with kept(own_servers, said.append):
            killed(broker)
            assert until(lambda: not broker.process.alive, 10)
            assert until(lambda: _taken(other, broker.port), 10)
            assert until(lambda: bool(said), 10)
            began = time.monotonic()
        assert time.monotonic() - began < 5
    broker.start()


def _taken(other: socket.socket, port: int) -> bool:
    try:
        other.bind(("127.0.0.1", port))
        other.listen()
    except OSError:
        return False
    return True


def test_a_given_server_is_its_owner_s_to_start() -> None:
    said: list[str] = []
    with kept(Servers(Given("host=db"), Given("broker:9092")), said.append):
        assert said == []
