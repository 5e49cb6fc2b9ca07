"""Connections for queries: whether they live is asked when there is a reason to."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from deploy.local.server import Servers
from libs.runtime import database
from tests.component.conftest import Pair
from tests.component.lab import Lab, until

Pool = AsyncConnectionPool[AsyncConnection]


@pytest.fixture
async def pool(pair: Pair) -> AsyncIterator[Pool]:
    """One connection to tally's database."""
    async with database.reading_pool(pair.tally.settings.database, most=1) as made:
        yield made


async def answers(pool: Pool) -> int:
    """Which server process answers a query."""
    async with pool.connection() as conn:
        (pid,) = await (await conn.execute("SELECT pg_backend_pid()")).fetchone() or (0,)
        return int(pid)


async def asked_whether_it_lives(pool: Pool, file: Path) -> int:
    """How often, by what goes over the wire, while three queries are answered and after."""
    await answers(pool)
    with file.open("w") as said:
        async with pool.connection() as conn:
            conn.pgconn.trace(said.fileno())
        pids = {await answers(pool) for _ in range(3)}
        async with pool.connection() as conn:
            conn.pgconn.untrace()
    assert len(pids) == 1
    return _empty_answers(file)


def _empty_answers(file: Path) -> int:
    said = file.read_text()
    assert said.count('"SELECT pg_backend_pid()"') == 3
    return said.count("EmptyQueryResponse")


async def test_a_query_is_all_that_is_asked(pool: Pool, tmp_path: Path) -> None:
    assert await asked_whether_it_lives(pool, tmp_path / "said") == 0


async def test_one_that_has_rested_for_long_is_asked(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_RESTS", 0.0)
    assert await asked_whether_it_lives(pool, tmp_path / "said") == 4


async def test_a_connection_that_was_cut_is_not_lent(
    pool: Pool, pair: Pair, servers: Servers
) -> None:
    before = await answers(pool)
    with psycopg.connect(servers.postgres, autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", (before,))
    await until(lambda: _gone(pair.tally, before))
    assert await answers(pool) != before


async def _gone(lab: Lab, pid: int) -> bool:
    return await lab.rows("SELECT FROM pg_stat_activity WHERE pid = %s", pid) == []
