"""People of an actor's scope, as lists show them: found, ordered by pinyin, page by page."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from psycopg import AsyncConnection
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.events.envelope import Actor
from libs.events.scope import people_of
from libs.runtime import refusals
from libs.runtime.reading import containing
from libs.runtime.web import paging
from libs.runtime.web.paging import Page
from services.identity.rules.person import NOT_YOURS

Membership = Literal["pending", "member", "declined"]


class PersonShown(BaseModel):
    """A person, as lists show one."""

    person_id: UUID
    name: str = Field(description="姓名")
    masked: str = Field(description="证件号码（隐去中间）", examples=["450102********123X"])
    unit_id: UUID
    department_id: UUID | None
    membership: Membership
    activated: bool = Field(description="已激活账号")
    version: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to list: of the scope, those for whom all of this holds."""

    unit_id: UUID | None = None
    department_id: UUID | None = None
    no_department: bool = False
    membership: Membership | None = None
    name: str | None = None  # or its pinyin, or its initials
    digest: str | None = None
    cursor: str | None = None
    limit: int = 50


_SHOWN = (
    "SELECT p.person_id, s.name, s.masked, p.unit_id, p.department_id, p.membership, "
    "c.account_id IS NOT NULL, p.version FROM (SELECT * FROM people WHERE {allowed}) p "
    "JOIN shown s ON s.person_id = p.person_id "
    "LEFT JOIN credentials c ON c.account_id = p.person_id WHERE {wanted}"
)


async def people(conn: AsyncConnection, actor: Actor, wanted: Wanted) -> Page[PersonShown]:
    """A page of them. Refused: CURSOR_INVALID."""
    query, values = await _query(conn, actor, wanted)
    rows = await (await conn.execute(query.encode(), values)).fetchall()
    return paging.page(rows, wanted.limit, _shown, lambda row: [str(row[0])])


async def _query(conn: AsyncConnection, actor: Actor, asked: Wanted) -> tuple[str, list[Any]]:
    """Scope first, then what is asked for, then after whom."""
    allowed, values = people_of(actor).sql()
    wanted = ["true"]
    for condition, value in (
        ("p.unit_id = %s", asked.unit_id),
        ("p.department_id = %s", asked.department_id),
        ("p.membership = %s", asked.membership),
        ("p.person_id = (SELECT person_id FROM vault WHERE digest = %s)", asked.digest),
    ):
        if value is not None:
            wanted.append(condition)
            values.append(value)
    if asked.no_department:
        wanted.append("p.department_id IS NULL")
    if asked.name:
        wanted.append(
            "(s.name LIKE %s OR starts_with(s.pinyin, %s) OR starts_with(s.initials, %s))"
        )
        plain = asked.name.replace(" ", "").lower()
        values += [containing(asked.name), plain, plain]
    if asked.cursor:
        wanted.append("(s.pinyin, s.person_id) > (%s, %s)")
        values += await _after(conn, actor, asked.cursor)
    query = _SHOWN.format(allowed=f"({allowed})", wanted=" AND ".join(wanted))
    values.append(asked.limit + 1)
    return f"{query} ORDER BY s.pinyin, s.person_id LIMIT %s", values


async def _after(conn: AsyncConnection, actor: Actor, cursor: str) -> list[Any]:
    """Where the last page ended. The cursor names a person, never a name; whom the actor may not
    see is told from nobody by no order of names. Refused: CURSOR_INVALID."""
    try:
        last = UUID(paging.decode(cursor, tuple[str])[0])
    except ValueError:
        raise Refused(refusals.CURSOR_INVALID) from None
    allowed, values = people_of(actor).sql()
    query = (
        f"SELECT s.pinyin, s.person_id FROM (SELECT * FROM people WHERE {allowed}) p "
        "JOIN shown s ON s.person_id = p.person_id WHERE p.person_id = %s"
    )
    row = await (await conn.execute(query.encode(), [*values, last])).fetchone()
    if row is None:  # erased or moved meanwhile
        raise Refused(refusals.CURSOR_INVALID)
    return list(row)


async def person_in_scope(conn: AsyncConnection, actor: Actor, person_id: UUID) -> PersonShown:
    """The person. Refused: NOT_YOURS."""
    allowed, values = people_of(actor).sql()
    query = _SHOWN.format(allowed=f"({allowed})", wanted="p.person_id = %s")
    row = await (await conn.execute(query.encode(), [*values, person_id])).fetchone()
    if row is None:
        raise Refused(NOT_YOURS)
    return _shown(row)


def _shown(row: tuple[Any, ...]) -> PersonShown:
    return PersonShown(**dict(zip(PersonShown.model_fields, row, strict=True)))
