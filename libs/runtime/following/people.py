"""Where people belong and which units there are, as identity says; for scope and for lists."""

from collections.abc import Iterable
from uuid import UUID

from psycopg import AsyncConnection

from libs.events import identity
from libs.events.envelope import Actor, Recorded, Role
from libs.events.event import Event
from libs.events.scope import people_of
from libs.runtime.tables import Gone, Row, Table

PEOPLE = Table(
    "people",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "unit_id": "uuid NOT NULL",
        "department_id": "uuid",
        "parent_id": "uuid",
        "bureau_id": "uuid NOT NULL",
        "city": "text NOT NULL",
        "county": "text NOT NULL",
        "industry": "text",
        "jurisdiction": "text NOT NULL",
        "effective": "date NOT NULL",
        "confirmed": "boolean NOT NULL",
    },
    # in each scope in the order of people, so that a page of it can stop
    indexes=(
        "(unit_id, department_id, person_id)",
        "(bureau_id, person_id)",
        "(unit_id, person_id)",
    ),
)

UNITS = Table(
    "units",
    key=("unit_id",),
    columns={
        "unit_id": "uuid",
        "code": "text NOT NULL",
        "kind": "text NOT NULL",
        "parent_id": "uuid",
        "bureau_id": "uuid NOT NULL",
        "industry": "text",
        "jurisdiction": "text NOT NULL",
    },
)

UNIT_NAMES = Table(
    "unit_names", key=("unit_id",), columns={"unit_id": "uuid", "name": "text NOT NULL"}
)

BASES = Table(
    "bases",
    key=("unit_id", "level"),
    columns={"unit_id": "uuid", "level": "text", "batch": "text"},
)

ADMINS = Table(
    "admins",
    key=("person_id", "unit_id", "role"),
    columns={
        "person_id": "uuid",
        "unit_id": "uuid",
        "role": "text",
        "department_id": "uuid",
    },
)

ENDED_SESSIONS = Table(
    "ended_sessions", key=("session_id",), columns={"session_id": "uuid", "at": "timestamptz"}
)


def people(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The row of a person whom the event places."""
    event = found.event
    match event:
        case identity.PersonRegistered() | identity.PersonTransferred():
            yield _placed(event, event.confirmed)
        case identity.MembershipConfirmed() | identity.DepartmentAssigned():
            yield _placed(event, confirmed=True)
        case identity.PersonErased():
            yield PEOPLE.gone(event.person_id)


def _placed(
    event: identity.PersonRegistered
    | identity.PersonTransferred
    | identity.MembershipConfirmed
    | identity.DepartmentAssigned,
    confirmed: bool,
) -> Row:
    place = event.placement.model_dump()
    return PEOPLE.row(person_id=event.person_id, confirmed=confirmed, **place)


def bases(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The titles that units hold."""
    event = found.event
    match event:
        case identity.BaseDesignated():
            yield BASES.row(unit_id=event.unit_id, level=event.level.value, batch=event.batch)
        case identity.BaseDesignationEnded():
            yield BASES.gone(event.unit_id, event.level.value)


def units(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The row of a unit, and its name, which may change alone."""
    event = found.event
    match event:
        case identity.UnitRegistered():
            known = event.model_dump(include=set(UNITS.columns) - {"kind"})
            yield UNITS.row(kind=event.kind.value, **known)
            yield UNIT_NAMES.row(unit_id=event.unit_id, name=event.name)
        case identity.UnitRenamed():
            yield UNIT_NAMES.row(unit_id=event.unit_id, name=event.name)


def sessions(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """Sessions that have ended."""
    if isinstance(found.event, identity.SessionEnded):
        yield ENDED_SESSIONS.row(session_id=found.event.session_id, at=found.recorded_at)


def admins(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """Who acts for which unit."""
    event = found.event
    match event:
        case identity.AdminAppointed(unit_id=UUID()) | identity.AdminScopeChanged():
            if isinstance(event, identity.AdminScopeChanged):
                for role in (Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN):  # one or the other
                    yield ADMINS.gone(event.person_id, event.unit_id, role.value)
            yield ADMINS.row(
                person_id=event.person_id,
                unit_id=event.unit_id,
                role=event.role.value,
                department_id=event.department_id,
            )
        case identity.AdminDismissed(unit_id=UUID()):
            yield ADMINS.gone(event.person_id, event.unit_id, event.role.value)


def behind(actor: Actor, key: str, last: tuple[UUID, UUID]) -> tuple[str, list[UUID]]:
    """The condition by which a list of records joined with `people` goes on behind `last`, from
    person to person, backwards.

    It is said of people too where the scope is: else each page would look at all of them again
    who stood on the pages before.
    """
    condition = f" AND ({key}) < (%s, %s)"
    if actor.role in (Role.LEARNER, Role.PROVINCE_BUREAU):
        return condition, [*last]
    return f"{condition} AND people.person_id <= %s", [*last, last[0]]


async def may_see(conn: AsyncConnection, actor: Actor, person_id: UUID) -> bool:
    """Whether this person's records are the actor's to see: the own, or within the scope."""
    if actor.role is Role.LEARNER:
        return actor.id == person_id
    condition, values = people_of(actor).sql()
    query = f"SELECT FROM people WHERE person_id = %s AND ({condition})"
    return bool((await conn.execute(query.encode(), [person_id, *values])).rowcount)
