"""What is kept for a while goes when it is over: answers, set-aside bytes, ended sessions.

In parts, a transaction each and none of them under the write lock: nobody decides on what is as
old as that, and however much of it there is, no click waits for its going.
"""

import asyncio
from datetime import datetime, timedelta

from psycopg import AsyncConnection

from libs.runtime import database
from libs.runtime.clock import Clock
from libs.runtime.inbound import aside
from libs.runtime.persisting import persist
from libs.runtime.tokens import LIFE

AT_ONCE = 5000  # rows
_EVERY = 3600  # seconds
_KEPT = {"answers": timedelta(days=30), "aside": aside.KEPT, "ended_sessions": 2 * LIFE}


async def tidying(conninfo: str, clock: Clock) -> None:
    """Forget every hour, until cancelled."""

    async def every_hour() -> None:
        async with await database.connect(conninfo) as conn:
            while True:
                await forget(conn, clock.now())
                await asyncio.sleep(_EVERY)

    await persist("tidying", every_hour)


async def forget(conn: AsyncConnection, now: datetime) -> None:
    """Each kind is kept so long and no longer."""
    for table, kept in _KEPT.items():
        while await _part(conn, table, now - kept) == AT_ONCE:
            pass


async def _part(conn: AsyncConnection, table: str, before: datetime) -> int:
    """How many went."""
    gone = await conn.execute(
        f"DELETE FROM {table} WHERE ctid = ANY(ARRAY("
        f"SELECT ctid FROM {table} WHERE at < %s LIMIT {AT_ONCE}))".encode(),
        (before,),
    )
    return gone.rowcount
