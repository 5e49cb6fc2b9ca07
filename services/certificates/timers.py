"""Years to judge anew because a law was published, or corrected, after their entries came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from psycopg import AsyncConnection

from libs.events.envelope import Envelope
from libs.runtime.tables import Table, statements
from libs.runtime.timing import Task
from services.certificates.commands import ITSELF, Reassess
from services.certificates.ledgers import JOINED

A_PART = 500  # people

REJUDGED = Table(
    "rejudged",
    key=("one",),
    columns={
        "one": "boolean",
        "laws": "text NOT NULL",  # a digest of all their digests
        "upto": "uuid",  # the last person who is done with; none: everybody is
    },
)

_LAWS = """
SELECT (SELECT md5(string_agg(digest, ' ' ORDER BY pack, version)) FROM laws), r.laws, r.upto
FROM (VALUES (true)) AS v (one) LEFT JOIN rejudged r USING (one)"""
_PART = """
SELECT (array_agg(person_id ORDER BY person_id DESC))[1] FROM (
    SELECT person_id FROM people WHERE person_id > %s ORDER BY person_id LIMIT %s
) part"""
_UNJUDGED = """
WITH law AS MATERIALIZED (
    SELECT DISTINCT ON (jurisdiction, year) jurisdiction, year, digest
    FROM laws ORDER BY jurisdiction, year, version DESC
)
SELECT p.person_id, entered.year
FROM people p
CROSS JOIN LATERAL (
    SELECT DISTINCT (body::json->>'year')::int AS year
    FROM kept WHERE subject = p.person_id AND type = %s
) entered
JOIN law ON law.jurisdiction = p.jurisdiction AND law.year = entered.year
LEFT JOIN standings s ON s.person_id = p.person_id AND s.year = entered.year
WHERE p.person_id > %s AND p.person_id <= %s AND s.digest IS DISTINCT FROM law.digest
ORDER BY 1, 2"""
_BEFORE_ALL = UUID(int=0)


class Place(NamedTuple):
    """How far the people have been gone through, and by which laws."""

    laws: str | None
    known: str | None
    upto: UUID | None

    @property
    def is_done(self) -> bool:
        """These laws have been applied to everybody who was there."""
        return self.laws is None or (self.laws == self.known and self.upto is None)

    @property
    def behind(self) -> UUID:
        """Who was done with last; other laws begin again."""
        return (self.upto if self.laws == self.known else None) or _BEFORE_ALL


class Rejudging:
    """Goes through the people once for every change of the laws, a part at each look.

    The place is a row, so that a restart goes on from there and finds nothing to do once it is
    done. A year that this law can't judge stays among the unjudged; so a part is done with when
    nothing is found in it, or the same as at the look before.
    """

    def __init__(self) -> None:
        self._before: tuple[str | None, list[tuple[UUID, int]]] = (None, [])

    async def __call__(self, conn: AsyncConnection, now: datetime, _beside: int) -> Sequence[Task]:
        """The years of the next people to judge."""
        place = Place(*await _one(conn, _LAWS))
        if place.is_done:
            return ()
        (last,) = await _one(conn, _PART, (place.behind, A_PART))
        found = await _unjudged(conn, place.behind, last) if last else []
        before, self._before = self._before, (place.laws, found)
        if found and self._before != before:
            return [Task(_reassess(person, year, now)) for person, year in found]
        row = REJUDGED.row(one=True, laws=place.laws, upto=last)
        for said in statements([row]):
            await conn.execute(said.sql.encode(), said.params)
        return ()


async def _one(conn: AsyncConnection, query: str, params: Sequence[Any] = ()) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = await (await conn.execute(query.encode(), params)).fetchone()
    return row or ()


async def _unjudged(conn: AsyncConnection, behind: UUID, last: UUID) -> list[tuple[UUID, int]]:
    cursor = await conn.execute(_UNJUDGED.encode(), (JOINED, behind, last))
    return [(person, year) for person, year in await cursor.fetchall()]


def _reassess(person: UUID, year: int, now: datetime) -> Reassess:
    key = f"{person}/{year}/{now.isoformat()}"
    return Reassess(
        envelope=Envelope(at=now, actor=ITSELF, key=key, correlation=uuid5(ITSELF.id, key)),
        person_id=person,
        year=year,
    )
