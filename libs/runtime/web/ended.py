"""The sessions that ended lately, at hand for queries; commands look themselves, under the lock."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from psycopg import AsyncConnection, Error

from libs.runtime import database
from libs.runtime.clock import Clock
from libs.runtime.tokens import LIFE

log = structlog.get_logger()

_LOOKS_EVERY = 1.0  # seconds
_NEW = "SELECT arrived, session_id, at FROM ended_sessions WHERE arrived > %s ORDER BY arrived"


class Ended:
    """What is asked for each time is what has come since: rows are numbered as they arrive, under
    the write lock, so none comes late under a lower number, whenever its session ended."""

    def __init__(self, conninfo: str, clock: Clock) -> None:
        # not of the pool: its test of a connection swallows a cancellation
        self._held = database.Held(conninfo)
        self._clock = clock
        self._last = 0  # the number of the last one that came
        self.sessions: dict[UUID, datetime] = {}  # and when they ended

    async def watch(self) -> None:
        """Look every second, until cancelled."""
        try:
            while True:
                try:
                    await self.look(await self._held.get(), self._clock.now())
                except Error as error:
                    log.warning("ended sessions not read", error=type(error).__name__)
                    self._last = 0  # what comes back may be another database
                    await self._held.close()
                await asyncio.sleep(_LOOKS_EVERY)
        finally:
            await self._held.close()

    async def look(self, conn: AsyncConnection, now: datetime) -> int:
        """Remember those that have come, forget those whose tokens have expired; how many came."""
        rows = await (await conn.execute(_NEW, (self._last,))).fetchall()
        for self._last, session, at in rows:
            self.sessions[session] = at
        since = now - 2 * LIFE - timedelta(minutes=1)
        self.sessions = {session: at for session, at in self.sessions.items() if at > since}
        return len(rows)
