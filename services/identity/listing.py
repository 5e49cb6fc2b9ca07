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
from services.identity.rules.authority import BUREAUS
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
    "c.account_id IS NOT NULL, p.version FROM {found} p0 JOIN people p USING (person_id) "
    "JOIN shown s USING (person_id) LEFT JOIN credentials c ON c.account_id = person_id"
)
_IN_ORDER = "ORDER BY pinyin, person_id LIMIT {most:d}"
_LAST = "\U0010ffff"  # no text that begins with these letters comes after them and this


async def people(conn: AsyncConnection, actor: Actor, wanted: Wanted) -> Page[PersonShown]:
    """A page of them. Refused: CURSOR_INVALID.

    Never a prepared statement: one plan for all values would be that of a rare name, and read
    everybody for a frequent one.
    """
    query, values = await _query(conn, actor, wanted)
    rows = await (await conn.execute(query.encode(), values, prepare=False)).fetchall()
    return paging.page(rows, wanted.limit, _shown, lambda row: [str(row[0])])


async def _query(conn: AsyncConnection, actor: Actor, asked: Wanted) -> tuple[str, list[Any]]:
    """A page's people are found first, each way of finding them in the list's order by an index
    of its own; then what is shown of them is looked up."""
    wanted, values = await _wanted(conn, actor, asked)
    in_order = _IN_ORDER.format(most=asked.limit + 1)
    ways = _ways(actor, asked)
    one = f"(SELECT pinyin, person_id FROM listed WHERE {wanted} AND {{}} {in_order})"
    any_of = " UNION ".join(one.format(way) for way in ways)
    found = f"(SELECT * FROM ({any_of}) ways {in_order})"
    query = f"{_SHOWN.format(found=found)} ORDER BY p0.pinyin, person_id"
    return query, [value for way in ways.values() for value in (*values, *way)]


async def _wanted(conn: AsyncConnection, actor: Actor, asked: Wanted) -> tuple[str, list[Any]]:
    """Scope first, then what is asked for, then after whom."""
    allowed, scope = people_of(actor).sql()
    wanted, values = [f"unit_id IS NOT NULL AND ({allowed})"], [*scope]
    for condition, value in (
        ("unit_id = %s", asked.unit_id),
        ("department_id = %s", asked.department_id),
        ("membership = %s", asked.membership),
        ("person_id = (SELECT person_id FROM vault WHERE digest = %s)", asked.digest),
    ):
        if value is not None:
            wanted.append(condition)
            values.append(value)
    if asked.membership in ("pending", "declined"):
        wanted.append("membership <> 'member'")  # by this the planner knows the index of the few
    if asked.no_department:
        wanted.append("department_id IS NULL")
    if asked.cursor:
        wanted.append("(pinyin, person_id) > (%s, %s)")
        values += await _after(conn, actor, asked.cursor)
    return " AND ".join(wanted), values


def _ways(actor: Actor, asked: Wanted) -> dict[str, list[Any]]:
    """The conditions by any of which a name is found: all of them of each person of one unit, or
    each by an index, where there are too many people to look at."""
    if not asked.name:
        return {"true": []}
    plain = asked.name.replace(" ", "").lower()
    if actor.role not in BUREAUS or asked.unit_id or asked.department_id:
        anywhere = "(name LIKE %s OR starts_with(pinyin, %s) OR starts_with(initials, %s))"
        return {anywhere: [containing(asked.name), plain, plain]}
    begun = {"name": asked.name, "pinyin": plain}
    if len(plain) > 1:  # the first letter is that of the pinyin
        begun["initials"] = plain
    return {
        f"{column} >= %s AND {column} < %s": [text, text + _LAST] for column, text in begun.items()
    }


async def _after(conn: AsyncConnection, actor: Actor, cursor: str) -> list[Any]:
    """Where the last page ended. The cursor names a person, never a name; whom the actor may not
    see is told from nobody by no order of names. Refused: CURSOR_INVALID."""
    try:
        last = UUID(paging.decode(cursor, tuple[str])[0])
    except ValueError:
        raise Refused(refusals.CURSOR_INVALID) from None
    allowed, values = people_of(actor).sql()
    query = (
        "SELECT pinyin, person_id FROM listed "
        f"WHERE unit_id IS NOT NULL AND ({allowed}) AND person_id = %s"
    )
    row = await (await conn.execute(query.encode(), [*values, last])).fetchone()
    if row is None:  # erased or moved meanwhile
        raise Refused(refusals.CURSOR_INVALID)
    return list(row)


async def person_in_scope(conn: AsyncConnection, actor: Actor, person_id: UUID) -> PersonShown:
    """The person. Refused: NOT_YOURS."""
    allowed, values = people_of(actor).sql()
    query = _SHOWN.format(
        found=f"(SELECT person_id FROM people WHERE ({allowed}) AND person_id = %s)"
    )
    row = await (await conn.execute(query.encode(), [*values, person_id])).fetchone()
    if row is None:
        raise Refused(NOT_YOURS)
    return _shown(row)


def _shown(row: tuple[Any, ...]) -> PersonShown:
    return PersonShown(**dict(zip(PersonShown.model_fields, row, strict=True)))
