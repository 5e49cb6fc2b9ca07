"""How far behind a service is: looked up every second, for operators.

What has been done tells of itself; what hangs tells nothing. So these figures are read from the
database beside the work: they grow while a broker is away, a relay stands still, a partition
waits for a missing record.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from psycopg import AsyncConnection

from libs.runtime import database
from libs.runtime.clock import Clock
from libs.runtime.outbound import heartbeat
from libs.runtime.persisting import persist
from libs.runtime.telemetry import metrics

_LOOKS_EVERY = 1.0  # seconds
_OUTBOX = (
    "SELECT (SELECT coalesce(max(position), 0) FROM events) - r.cursor, "
    "(SELECT recorded_at FROM events WHERE position = r.cursor + 1) FROM relay r"
)
MOST_ASIDE = 10_000  # counted: who has so many needs no better figure, each second
_ASIDE = f"SELECT count(*) FROM (SELECT FROM aside LIMIT {MOST_ASIDE}) AS few"

Look = Callable[[AsyncConnection], Awaitable[None]]


async def outbox(service: str, conninfo: str, clock: Clock) -> None:
    """Tell how much of the log is not published yet, and since when the oldest of it waits."""

    async def look(conn: AsyncConnection) -> None:
        row = await (await conn.execute(_OUTBOX)).fetchone()
        depth, oldest = row or (0, None)
        metrics.OUTBOX_DEPTH.labels(service).set(depth)
        waits = (clock.now() - oldest).total_seconds() if oldest else 0.0
        metrics.OUTBOX_AGE.labels(service).set(max(waits, 0.0))

    await _look_for_ever(conninfo, look)


async def inbound(service: str, sources: Sequence[str], conninfo: str, clock: Clock) -> None:
    """Tell as of when each source is known here, and how many records are set aside."""

    async def look(conn: AsyncConnection) -> None:
        row = await (await conn.execute(_ASIDE)).fetchone()
        metrics.ASIDE.labels(service).set(row[0] if row else 0)
        heard: dict[str, datetime] = dict(
            await (await conn.execute(heartbeat.HEARD.sql.encode())).fetchall()
        )
        for source in sources:
            lag = (clock.now() - heard[source]).total_seconds() if source in heard else float("inf")
            metrics.LAG.labels(service, source).set(max(lag, 0.0))

    await _look_for_ever(conninfo, look)


async def _look_for_ever(conninfo: str, look: Look) -> None:
    async def looks() -> None:
        async with await database.connect(conninfo) as conn:
            while True:
                await look(conn)
                await asyncio.sleep(_LOOKS_EVERY)

    await persist("measuring", looks)
