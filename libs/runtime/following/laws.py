"""The law as policy has published it: every version of every pack, and the windows extended.

A service that follows the law keeps the tables `FOLLOWED`, takes the rows of `laws`, and asks:
`ask()` and `answer(rows)` in its facts, `read(conn)` for its pages. Windows that were extended for
one unit are known of the units of those people alone whom it names: there are units by the
thousand, and a decision is about a few people.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from psycopg import AsyncConnection

from libs.events import policy
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.events.hours import PackVersion
from libs.policy import Law, Pack, packs
from libs.policy.law import counting
from libs.runtime.tables import Gone, Row, Rows, Statement, Table

LAWS = Table(
    "laws",
    key=("pack", "version"),
    columns={
        "pack": "text",
        "version": "int",
        "jurisdiction": "text NOT NULL",
        "year": "int NOT NULL",
        "digest": "text NOT NULL",
        "content": "text NOT NULL",
    },
)

EXTENSIONS = Table(
    "extensions",
    key=("pack", "window_name", "unit_key"),
    columns={
        "pack": "text",
        "window_name": "text",
        "unit_key": "text",  # the unit's id, or empty for everybody
        "until": "date NOT NULL",
    },
    indexes=("(pack, unit_key)",),
)

FOLLOWED = (LAWS, EXTENSIONS)

_read: dict[str, Pack] = {}
"""By digest: a pack is parsed once a process, whoever asks."""


class Laws(NamedTuple):
    """What has been published: the law of each jurisdiction and year, and every version."""

    newest: Mapping[tuple[str, int], Law]  # by jurisdiction and year
    versions: Mapping[tuple[str, int], Law]  # by pack and version


def laws(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The row of a pack's version, or of a window that was extended."""
    event = found.event
    match event:
        case policy.PackPublished():
            yield LAWS.row(
                pack=event.pack,
                version=event.pack_version,
                jurisdiction=event.jurisdiction,
                year=event.year,
                digest=event.digest,
                content=event.content,
            )
        case policy.WindowExtended():
            yield EXTENSIONS.row(
                pack=event.pack,
                window_name=event.window,
                unit_key=str(event.unit_id or ""),
                until=event.until,
            )


_EVERYBODY = "ARRAY['']"
_THEIRS = """ARRAY(SELECT '' UNION ALL
    SELECT unit_id::text FROM people WHERE person_id = ANY(%b::uuid[]))"""


def question(content: str = "content", schema: str = "", whose: str = _EVERYBODY) -> str:
    """The SQL whose rows `answer` reads."""
    return (
        f"SELECT pack, version, jurisdiction, year, digest, {content}, "
        "(SELECT json_agg(json_build_array(window_name, unit_key, until)) "
        f"FROM {schema}extensions e "
        f"WHERE e.pack = l.pack AND e.unit_key = ANY({whose})) "
        f"FROM {schema}laws l ORDER BY version, pack"
    )


def ask(people: Collection[UUID] = ()) -> Statement:
    """Every version, with the content of those that this process has not read yet, and what was
    extended for everybody and for the units of these people."""
    unread = "CASE WHEN digest = ANY(%s) THEN NULL ELSE content END"
    if not people:
        return Statement(question(unread), (list(_read),))
    return Statement(question(unread, whose=_THEIRS), (list(_read), list(people)))


def answer(rows: Rows) -> Laws:
    """The laws. PackRefused for a content that is no pack."""
    newest, versions = {}, {}
    for pack, version, jurisdiction, year, digest, content, extended in rows:
        if digest not in _read:
            _read[digest] = packs.from_json(content)
        law = Law(
            _read[digest],
            PackVersion(pack=pack, version=version, digest=digest),
            {
                (window, UUID(unit) if unit else None): date.fromisoformat(until)
                for window, unit, until in extended or ()
            },
        )
        newest[jurisdiction, year] = versions[pack, version] = law
    return Laws(newest, versions)


async def read(conn: AsyncConnection, people: Collection[UUID] = ()) -> Laws:
    """The laws as this service knows them now, for these people's units."""
    asked = ask(people)
    return answer(await (await conn.execute(asked.sql.encode(), asked.params)).fetchall())


async def counting_for(conn: AsyncConnection, person_id: UUID) -> Callable[[int], Law | None]:
    """By which law each year of this person's is counted."""
    where = await _jurisdiction(conn, person_id)
    newest = (await read(conn, (person_id,))).newest
    return lambda year: counting(newest, where, year) if where else None


async def law_of(conn: AsyncConnection, person_id: UUID, year: int) -> Law | None:
    """The law by which this person's year is judged, if it is known."""
    where = await _jurisdiction(conn, person_id)
    return (await read(conn, (person_id,))).newest.get((where, year)) if where else None


async def _jurisdiction(conn: AsyncConnection, person_id: UUID) -> str | None:
    query = "SELECT jurisdiction FROM people WHERE person_id = %s"
    place = await (await conn.execute(query, (person_id,))).fetchone()
    return str(place[0]) if place else None
