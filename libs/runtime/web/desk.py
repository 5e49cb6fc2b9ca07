"""What the requests of one service work with: the writer, readers, the clock, known sessions."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from psycopg import AsyncConnection, Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from libs.decider import Refused
from libs.events.envelope import Actor
from libs.runtime import database, refusals, shapes
from libs.runtime.clock import Clock
from libs.runtime.composition import Composition
from libs.runtime.documents.files import Files
from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.log.writer import Observer, Writer
from libs.runtime.settings import Settings
from libs.runtime.tokens import Verifier
from libs.runtime.web.ended import Ended
from libs.runtime.web.patience import Patience
from libs.runtime.working import working

log = structlog.get_logger()

_FITS_FOR = 30.0  # seconds without another look at the columns


class Desk:
    """One service at work behind its API."""

    def __init__(
        self, found: Composition, settings: Settings, verifier: Verifier, observer: Observer
    ) -> None:
        self.service = found.service
        self.settings = settings
        self._parts = found.parts
        self._files = found.files
        self.verifier = verifier
        self.clock = Clock(settings.clock)
        self.words_key = settings.key("aside_key")
        self.writer = Writer(found.service, settings.database, observer)
        self._pool: AsyncConnectionPool[AsyncConnection] = database.reading_pool(settings.database)
        self._patience = Patience(self._pool)
        self._fits_until = 0.0  # by the monotonic clock: the tables are as declared
        self._ended = Ended(settings.database, self.clock)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Desk"]:
        """At work until left."""
        async with self._pool, working(self.writer.run(), self._ended.watch()):
            yield self

    @property
    def files(self) -> Files:
        """Where the service keeps files. LookupError: it keeps none."""
        if self._files is None:
            raise LookupError(f"{self.service.name} keeps no files")
        return self._files

    def part(self, name: str) -> Any:
        """What the composition root hands to this service's requests under that name."""
        return self._parts[name]

    def caller(self, authorization: str | None) -> Actor:
        """Who asks. Refused: TOKEN_MISSING."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(refusals.TOKEN_MISSING)
        actor = self.verifier.actor(token, self.clock.now())
        if actor.session_id in self._ended.sessions:
            raise Refused(refusals.TOKEN_MISSING)
        return actor

    async def submit(self, asked: Asked) -> Accepted:
        """The answer to one command; nothing is refused for good that may be on its way here.
        Refused."""
        try:
            return await self.writer.submit(asked)
        except Refused as refused:
            if refused.rule.code != refusals.BEHIND.code:
                raise
            await self._patience.until_heard(asked.command.envelope.at)
            return await self.writer.submit(asked)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries. Refused: BUSY when none is to be had."""
        try:
            async with self._pool.connection(timeout=5) as conn:
                yield conn
        except PoolTimeout:
            raise Refused(refusals.BUSY) from None

    async def ready(self) -> bool:
        """Whether the database is reachable and migrated: every table has its columns. The
        columns are looked at again after a while, or when the database was not reachable."""
        try:
            async with self._pool.connection(timeout=1) as conn:
                await conn.execute("SELECT cursor FROM relay")
                if time.monotonic() < self._fits_until:
                    return True
                differences = await shapes.differences(conn, self.service)
        except (Error, PoolTimeout):
            self._fits_until = 0.0
            return False
        if differences:
            log.warning("not migrated to this release", differences=differences)
        else:
            self._fits_until = time.monotonic() + _FITS_FOR
        return not differences
