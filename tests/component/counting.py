"""How much a question asks and reads."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from psycopg import AsyncConnection, AsyncCursor

from libs.runtime import database

ASKED = 8  # often enough that the plan is one that lasts
_READ = "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = %s"

Ask = Callable[[AsyncConnection], Awaitable[Sequence[Any]]]


async def rows_read(conninfo: str, table: str, ask: Ask) -> tuple[int, int]:
    """How many rows of the table were read when this was asked again and again, the most of the
    first and the last time, and how many were found."""
    async with await database.connect(conninfo) as conn, conn.transaction():
        counts, found = [0], 0
        for _ in range(ASKED):
            found = len(await ask(conn))
            row = await (await conn.execute(_READ, (table,))).fetchone()
            counts.append(int(row[0]) if row else 0)
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
