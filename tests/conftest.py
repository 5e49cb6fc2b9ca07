"""Real servers for tests: one PostgreSQL and one Kafka for the session, fresh names for each test.

Where they can't be had, tests fail: they never skip.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from deploy.local.choice import choose
from deploy.local.containers import images_here
from deploy.local.folders import passing, sweep
from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from deploy.local.server import Servers
from deploy.local.servers import running, servers_of
from tests.fresh import FreshTopic, fresh_database, topics_on

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Kafka of this session, in a folder that goes at its end."""
    for purpose in ("product", "faults"):
        sweep(purpose)  # what a killed session left, also where this one has no test of it
    with passing("tests") as folder:
        choice = choose(os.environ, images_here())
        with running(servers_of(choice, folder)) as started:
            yield started


@pytest.fixture
def database(servers: Servers) -> Iterator[str]:
    """Conninfo of an empty database of this test's own."""
    with fresh_database(servers.postgres) as conninfo:
        yield conninfo


@pytest.fixture(scope="module")
def module_database(servers: Servers) -> Iterator[str]:
    """Conninfo of an empty database that the tests of one module share."""
    with fresh_database(servers.postgres) as conninfo:
        yield conninfo


@pytest.fixture(scope="session")
def kafka(servers: Servers) -> str:
    """Bootstrap servers of the session's broker."""
    return servers.kafka


@pytest.fixture(scope="session")
def fresh_topic(kafka: str) -> FreshTopic:
    """`await fresh_topic("claims", partitions=12)` makes a topic of a unique name, returns it."""
    return topics_on(kafka)


@pytest.fixture(scope="module")
def own_servers() -> Iterator[Servers]:
    """Servers that a module of fault tests may stop, kill and pause as it likes."""
    with passing("faults") as folder:
        mine = Servers(Postgres(folder / "postgres"), Kafka(folder / "kafka"))
        with running(mine) as started:
            yield started
