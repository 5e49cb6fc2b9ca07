"""What may be read of the views, each by the same scope rule everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from libs.events.envelope import Actor, Role
from libs.events.scope import people_of

Found = Mapping[str, Any]

_PERSON = "SELECT 1 FROM people WHERE person_id = %s AND ({condition})"


async def select(
    conn: AsyncConnection, query: str, params: Sequence[Any] | Mapping[str, Any] = ()
) -> list[Found]:
    """Rows by column name."""
    cursor = conn.cursor(row_factory=dict_row)
    await cursor.execute(query.encode(), params)
    return list(await cursor.fetchall())


async def person_in_scope(conn: AsyncConnection, actor: Actor, person_id: UUID) -> bool:
    """Whether the actor may see this person's study."""
    if actor.role is Role.LEARNER:
        return actor.id == person_id
    condition, values = people_of(actor).sql()
    query = _PERSON.format(condition=condition)
    return bool(await select(conn, query, [person_id, *values]))
