"""What lists show of how far people are, each in the order that an index has."""

from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.events.envelope import Actor
from libs.events.scope import people_of
from libs.runtime.following import people
from libs.runtime.reading import Found, select

_COMPLETION = """
SELECT s.*, c.title
FROM studies s JOIN courses c USING (course_id) LEFT JOIN people USING (person_id)
WHERE s.year = %s AND ({scope}) {behind}
ORDER BY s.person_id DESC, s.course_id DESC LIMIT %s"""
_MAKE_UPS = """
SELECT s.*, c.title FROM studies s JOIN courses c USING (course_id)
WHERE s.make_up = 'prepared' {behind} ORDER BY s.version DESC LIMIT %s"""


async def completion(
    conn: AsyncConnection, actor: Actor, year: int, last: tuple[UUID, UUID] | None, limit: int
) -> list[Found]:
    """How far the people of the actor's scope are, from person to person, behind this person and
    course: one row more than a page.

    So a page stops where it is full. In the order of the changes all of a scope would be sorted
    for each: who is in it is said by where people belong now.
    """
    scope, values = people_of(actor).sql()
    text, more = people.behind(actor, "s.person_id, s.course_id", last) if last else ("", [])
    query = _COMPLETION.format(scope=scope, behind=text)
    return await select(conn, query, [year, *values, *more, limit + 1])


async def make_ups(conn: AsyncConnection, before: int | None, limit: int) -> list[Found]:
    """The calls that wait, the latest first, before this version: one row more than a page."""
    behind: list[Any] = [] if before is None else [before]
    query = _MAKE_UPS.format(behind="AND s.version < %s" if behind else "")
    return await select(conn, query, [*behind, limit + 1])
