"""A context of the tests at work on real servers: its database, topics, and roles in process."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import AsyncConnection

from deploy.local import databases
from deploy.local.databases import Database
from deploy.local.server import Servers
from libs.events.envelope import Actor, Envelope, Role
from libs.runtime import broker, database, roles
from libs.runtime.clock import Clock
from libs.runtime.composition import Composition
from libs.runtime.log import batch
from libs.runtime.log.writer import Writer
from libs.runtime.migrate import migrate
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.tables import Gone, Row, statements
from libs.runtime.working import working

PASSWORD = "a-test-password"  # noqa: S105
AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)


def envelope(key: str | None = None, expected: int | None = None) -> Envelope:
    """Somebody's click."""
    return Envelope(
        at=AT,
        actor=Actor(uuid.UUID(int=7), Role.SERVICE),
        key=key or uuid.uuid4().hex,
        correlation=uuid.uuid4(),
        expected=expected,
    )


@dataclass(frozen=True)
class Lab:
    """One context with a database and a prefix of its own."""

    found: Composition
    settings: Settings

    async def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """What the database says, to the application's role."""
        async with await AsyncConnection.connect(
            self.settings.database, autocommit=True, options="-c search_path=views,private,public"
        ) as conn:
            return await (await conn.execute(query.encode(), params)).fetchall()

    async def one(self, query: str, *params: Any) -> Any:
        """The one value that the query finds."""
        return (await self.rows(query, *params))[0][0]

    async def write(self, *changes: Row | Gone) -> None:
        """Rows that no event of the test says."""
        async with await database.connect(self.settings.database) as conn:
            await batch.ask(conn, statements(changes), ())

    @asynccontextmanager
    async def writer(self) -> AsyncIterator[Writer]:
        """The writer at work."""
        writer = Writer(self.found.service, self.settings.database)
        async with working(writer.run()):
            yield writer

    @asynccontextmanager
    async def at_work(self, *names: str) -> AsyncIterator[None]:
        """These roles at work in this process."""
        async with working(*(roles.ROLES[name](self.found, self.settings) for name in names)):
            yield

    @property
    def clock(self) -> Clock:
        """Its clock."""
        return Clock(self.settings.clock)


async def make(
    servers: Servers,
    found: Composition,
    prefix: str,
    more: Mapping[str, Any] | None = None,
    topics: bool = True,
) -> Lab:
    """The context with a fresh database; its topic under this prefix, if it needs one."""
    made = await _database(servers, found.service)
    settings = Settings(
        database=made.app,
        database_owner=made.owner,
        kafka=servers.kafka,
        prefix=prefix,
        aside_key="00" * 32,
        **(more or {}),
    )
    if topics:
        wanted = broker.wanted_topics(prefix, [found.service.name])
        await broker.create_topics(servers.kafka, wanted)
    return Lab(found, settings)


_ORIGINALS: dict[tuple[str, ...], str] = {}  # databases, by server and what was migrated


async def _database(servers: Servers, service: Service) -> Database:
    """As if it had just been migrated: a copy of one that was, with a log of its own."""
    name = f"test_{service.name}_{uuid.uuid4().hex[:10]}"
    tables = (table.ddl for table in (*service.private_tables, *service.views))
    kind = (servers.postgres, service.name, *tables)
    if kind not in _ORIGINALS:
        original = databases.make(servers.postgres, f"original_{name}", PASSWORD)
        await migrate(original.owner, databases.APP_ROLE, service)
        _ORIGINALS[kind] = f"original_{name}"
    with psycopg.connect(servers.postgres, autocommit=True) as conn:
        conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_ORIGINALS[kind]}"'.encode())
    made = databases.make(servers.postgres, name, PASSWORD)
    with psycopg.connect(made.owner, autocommit=True) as conn:
        conn.execute("UPDATE log SET id = gen_random_uuid()")
    return made


async def until(true: Any, seconds: float = 30) -> None:
    """Poll for an effect."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def unmake(servers: Servers, labs: Sequence[Lab]) -> None:
    """Their databases go."""
    for lab in labs:
        name = psycopg.conninfo.conninfo_to_dict(lab.settings.database)["dbname"]
        databases.drop(servers.postgres, str(name))
