"""How much a question asks and reads: lists must not read the province for a page."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

from libs.runtime import database

ASKED = 8  # often enough that the plan is one that lasts
A_FEW = 10  # that the planner looks at for its estimates
_READ = (
    "SELECT coalesce(sum(idx_tup_fetch + seq_tup_read), 0)::int FROM pg_stat_xact_user_tables "
    "WHERE relname = ANY(%s)"
)

Ask = Callable[[AsyncConnection], Awaitable[Sequence[Any]]]


async def planned_once(conn: AsyncConnection) -> None:
    """As a statement that is asked again and again: planned without knowing what it is told."""
    await conn.execute("SET LOCAL plan_cache_mode = force_generic_plan")


async def rows_read(conn: AsyncConnection, *tables: str) -> int:
    """How many rows of these tables this transaction has read so far."""
    row = await (await conn.execute(_READ, (list(tables),))).fetchone()
    return int(row[0]) if row else 0


async def read_for(conninfo: str, table: str, ask: Ask) -> tuple[int, int]:
    """How many rows of the table were read when this was asked again and again, the most of the
    first and the last time, and how many were found."""
    async with await database.connect(conninfo) as conn, conn.transaction():
        counts, found = [0], 0
        for _ in range(ASKED):
            found = len(await ask(conn))
            counts.append(await rows_read(conn, table))
    return max(counts[1], counts[-1] - counts[-2]), found


async def statements(conninfo: str, ask: Callable[[AsyncConnection], Awaitable[Any]]) -> int:
    """How many statements this asks."""
    asked = []

    class Counted(AsyncCursor[Any]):
        async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            asked.append(query)
            return await super().execute(query, *args, **kwargs)

    async with await database.connect(conninfo) as conn:
        conn.cursor_factory = Counted
        await ask(conn)
    return len(asked)
