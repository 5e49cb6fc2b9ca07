"""Years to judge anew because a law was published, or corrected, after their entries came."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from psycopg import AsyncConnection

from libs.events.envelope import Envelope
from libs.runtime.timing import Task
from services.certificates.commands import ITSELF, Reassess
from services.certificates.ledgers import JOINED

MOST_AT_ONCE = 200

_LAWS = "SELECT coalesce(string_agg(digest, ' ' ORDER BY pack, version), '') FROM laws"
_UNJUDGED = """
DECLARE unjudged CURSOR WITH HOLD FOR
WITH law AS (
    SELECT DISTINCT ON (jurisdiction, year) jurisdiction, year, digest
    FROM laws ORDER BY jurisdiction, year, version DESC
), entered AS (
    SELECT DISTINCT subject AS person_id, (body::json->>'year')::int AS year
    FROM kept WHERE type = %s
)
SELECT entered.person_id, entered.year
FROM entered
JOIN people USING (person_id)
JOIN law USING (jurisdiction, year)
LEFT JOIN standings s USING (person_id, year)
WHERE s.digest IS DISTINCT FROM law.digest
"""


class Rejudging:
    """Goes through the years once for every change of the laws, not at every tick.

    A year that this law can't judge stays among the unjudged; so the laws are done with when a
    whole pass has found as many as the one before.
    """

    def __init__(self) -> None:
        self._done_with = ""
        self._under_way: tuple[str, AsyncConnection] | None = None
        self._found = 0
        self._found_before = -1

    async def __call__(self, conn: AsyncConnection, now: datetime, _beside: int) -> Sequence[Task]:
        """The next years to judge; what came to nothing has been passed already."""
        row = await (await conn.execute(_LAWS)).fetchone()
        laws = str(row[0]) if row else ""
        if laws == self._done_with:
            return ()
        if self._under_way != (laws, conn):
            await self._begin(laws, conn)
        cursor = await conn.execute(f"FETCH {MOST_AT_ONCE} FROM unjudged".encode())
        found = await cursor.fetchall()
        self._found += len(found)
        if not found:
            if self._found in (0, self._found_before):
                self._done_with = laws
            self._found_before, self._under_way = self._found, None
        return [Task(_reassess(person, year, now)) for person, year in found]

    async def _begin(self, laws: str, conn: AsyncConnection) -> None:
        open_ = await conn.execute("SELECT FROM pg_cursors WHERE name = 'unjudged'")
        if open_.rowcount:
            await conn.execute("CLOSE unjudged")
        await conn.execute(_UNJUDGED.encode(), (JOINED,))
        self._under_way, self._found = (laws, conn), 0


def _reassess(person: UUID, year: int, now: datetime) -> Reassess:
    key = f"{person}/{year}/{now.isoformat()}"
    return Reassess(
        envelope=Envelope(at=now, actor=ITSELF, key=key, correlation=uuid5(ITSELF.id, key)),
        person_id=person,
        year=year,
    )
