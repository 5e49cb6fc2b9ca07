"""How many rows were read for what is shown: lists must not read the province for a page."""

import hashlib
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from libs.runtime.settings import Settings

A_FEW = 10  # that the planner looks at for its estimates

_READ = (
    "SELECT coalesce(sum(idx_tup_fetch + seq_tup_read), 0)::int FROM pg_stat_xact_user_tables "
    "WHERE relname = ANY(%s)"
)


def md5(text: str) -> UUID:
    """As PostgreSQL makes one of a text."""
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


def fill(settings: Settings, script: str) -> None:
    """Rows by the thousand, straight into the tables."""
    options = "-c search_path=views,private,public"
    with psycopg.connect(settings.database_owner, autocommit=True, options=options) as conn:
        conn.execute(script.encode())


async def planned_once(conn: AsyncConnection) -> None:
    """As a statement that is asked again and again: planned without knowing what it is told."""
    await conn.execute("SET LOCAL plan_cache_mode = force_generic_plan")


async def rows_read(conn: AsyncConnection, *tables: str) -> int:
    """How many rows of these tables this transaction has read so far."""
    row = await (await conn.execute(_READ, (list(tables),))).fetchone()
    return int(row[0]) if row else 0
