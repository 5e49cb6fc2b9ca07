"""The small contexts, for tests that crash their processes, and the product; each test of the
product ends with the checker, so that nobody can forget it."""

from collections.abc import AsyncIterator

import pytest

from deploy.local.folders import passing
from deploy.local.kafka import Kafka
from deploy.local.postgres import Postgres
from deploy.local.server import Servers
from deploy.local.servers import running
from tests.component.certificates import conftest as certificates
from tests.component.certificates.conftest import Province
from tests.component.conftest import Pair, pair
from tests.faults import checker, settling
from tests.faults.product import Product
from tests.faults.standing import standing

__all__ = ["Pair", "Province", "pair"]

alone = certificates.province


@pytest.fixture
async def province(alone: Province) -> AsyncIterator[Province]:
    """The projector's process with its sources; in the end the two logs are checked."""
    yield alone
    checker.check_databases(
        alone.certificates.settings.database_owner, alone.hours.lab.settings.database_owner
    )


@pytest.fixture(scope="package")
async def whole() -> AsyncIterator[Product]:
    """The whole product on servers of its own, for all tests of these."""
    with passing("product") as folder:
        mine = Servers(Postgres(folder / "postgres"), Kafka(folder / "kafka"))
        with running(mine):
            async with standing(mine, folder / "province") as product:
                yield product


@pytest.fixture
async def product(whole: Product) -> AsyncIterator[Product]:
    """The product for one test. In the end everything has arrived everywhere, once, in order,
    and every valid certificate rests on what stands."""
    await settling.settled(whole)
    yield whole
    whole.crash_no_more()
    await settling.settled(whole)
    settling.check(whole)
