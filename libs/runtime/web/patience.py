"""Waiting for what is on its way: a command names something of which the others have told, and
which this service has not heard yet."""

import asyncio
from contextlib import suppress
from datetime import datetime

from psycopg import AsyncConnection, Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

LASTS = 3.0  # seconds: two heartbeats and their way
_LOOKS_EVERY = 0.1  # seconds, however many wait


class Patience:
    """Whoever waits until the other contexts have been heard up to an instant; one look for all."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection]) -> None:
        self._pool = pool
        self._heard: datetime | None = None
        self._look: asyncio.Task[None] | None = None

    async def until_heard(self, at: datetime) -> None:
        """Return when everything that happened elsewhere before this instant has been heard, or
        when patience ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LASTS):
                while self._heard is None or self._heard < at:
                    if self._look is None or self._look.done():
                        self._look = asyncio.create_task(self._listen())
                    await asyncio.shield(self._look)

    async def _listen(self) -> None:
        await asyncio.sleep(_LOOKS_EVERY)
        with suppress(Error, PoolTimeout):
            async with self._pool.connection(timeout=1) as conn:
                found = await (await conn.execute("SELECT min(as_of) FROM heard")).fetchone()
                self._heard = found[0] if found else None
