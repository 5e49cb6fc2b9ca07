"""Erasure (注销): what a service keeps of a person beside the log goes when the person is erased.

A row of ERASED says who. Rows of private tables go by their owner, files by theirs. It is done
anew at each look until the last token of that person has run out: what was still under way goes
too. The log needs no rewriting: it holds ids and keyed digests.
"""

import asyncio
from collections.abc import Iterable, Sequence
from uuid import UUID

from psycopg import AsyncConnection

from libs.events import identity
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.runtime import database
from libs.runtime.clock import Clock
from libs.runtime.documents.files import Files
from libs.runtime.log import batch
from libs.runtime.persisting import persist
from libs.runtime.service import Service
from libs.runtime.tables import Gone, Row, Statement, Table
from libs.runtime.tokens import LIFE

_LOOKS_EVERY = 1.0  # seconds

ERASED = Table(
    "erased", key=("person_id",), columns={"person_id": "uuid", "at": "timestamptz NOT NULL"}
)


def erased(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The row of a person who is erased."""
    if isinstance(found.event, identity.PersonErased):
        yield ERASED.row(person_id=found.event.person_id, at=found.recorded_at)


class Erasing:
    """Part of the role `timer` of each service that has the table `erased`."""

    def __init__(
        self, service: Service, conninfo: str, clock: Clock, files: Files | None = None
    ) -> None:
        self._tables = [table for table in service.private_tables if table.owner]
        self._conninfo = conninfo
        self._clock = clock
        self._files = files

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("erasing", self._erase)

    async def _erase(self) -> None:
        async with await database.connect(self._conninfo) as conn:
            while True:
                await self.round(conn)
                await asyncio.sleep(_LOOKS_EVERY)

    async def round(self, conn: AsyncConnection) -> None:
        """Whoever is erased has nothing here any more. A crash in between: it is done again."""
        now = self._clock.now()
        rows = await (await conn.execute("SELECT person_id, at FROM erased")).fetchall()
        if not rows:
            return
        people = [person for person, _ in rows]
        if self._files is not None:
            for person in people:
                await self._files.erase(person)
        over = [person for person, at in rows if at < now - 2 * LIFE]
        done = Statement("DELETE FROM erased WHERE person_id = ANY(%s)", (over,))
        await batch.ask(conn, [*batch.BEGIN, *self._gone(people), done, batch.COMMIT], ())

    def _gone(self, people: Sequence[UUID]) -> list[Statement]:
        return [
            Statement(f"DELETE FROM {table.name} WHERE {table.owner} = ANY(%s)", (people,))
            for table in self._tables
        ]
