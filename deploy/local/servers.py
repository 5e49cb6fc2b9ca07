"""The two servers of a province, however they are had: chosen, started together, stopped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from deploy.local import recipes
from deploy.local.choice import Address, Binaries, Choice, Image, Way
from deploy.local.containers import Container
from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from deploy.local.server import Given, Server, Servers


def servers_of(choice: Choice, folder: Path) -> Servers:
    """The handles of what was chosen; nothing is started. What they keep lies in the folder."""
    return Servers(_postgres(choice.postgres, folder), _kafka(choice.kafka, folder))


@contextmanager
def running(servers: Servers, data_stay: bool = False) -> Iterator[Servers]:
    """Start both at once; stop both at the end, whatever happened; in order where data stay."""
    both = (servers.database, servers.broker)
    try:
        with ThreadPoolExecutor(len(both)) as pool:
            list(pool.map(lambda server: server.start(), both))
        yield servers
    finally:
        for server in reversed(both):
            server.leave(data_stay)


def _postgres(way: Way, folder: Path) -> Server:
    match way:
        case Address(at):
            return Given(at)
        case Image(name):
            return Container(recipes.postgres(name))
        case Binaries():
            return Postgres(folder / "postgres")
        case _:
            assert_never(way)


def _kafka(way: Way, folder: Path) -> Server:
    match way:
        case Address(at):
            return Given(at)
        case Image(name):
            return Container(recipes.kafka(name))
        case Binaries():
            return Kafka(folder / "kafka")
        case _:
            assert_never(way)
