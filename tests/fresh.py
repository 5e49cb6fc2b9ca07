"""What a test has for itself: a database, a topic, each under a name used once."""

import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

import psycopg
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from psycopg import sql
from psycopg.conninfo import make_conninfo

FreshTopic = Callable[..., Awaitable[str]]


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """An empty database on this server; yields its conninfo, drops it at the end."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield make_conninfo(server, dbname=name)
    with psycopg.connect(server, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))


def topics_on(bootstrap: str) -> FreshTopic:
    """A maker of topics on this broker: `await make(name, partitions=12, settings={...})`."""

    async def make(
        name: str = "topic", partitions: int = 1, settings: Mapping[str, str] | None = None
    ) -> str:
        unique = f"{name}-{uuid.uuid4().hex[:12]}"
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
        await admin.start()
        try:
            topic = NewTopic(unique, partitions, 1, topic_configs=dict(settings or {}))
            await admin.create_topics([topic])
        finally:
            await admin.close()
        return unique

    return make
