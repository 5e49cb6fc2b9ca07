"""What identity shows: people and where they belong, units, departments, admins, bases."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.events.identity import BaseLevel
from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.identity.names import pinyin
from services.identity.state import Person, Unit

PEOPLE = Table(
    "people",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "unit_id": "uuid NOT NULL",
        "department_id": "uuid",
        "parent_id": "uuid",
        "bureau_id": "uuid NOT NULL",
        "membership": "text NOT NULL",
        "effective": "date NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(unit_id, department_id)",),
)
ADMINS = Table(
    "admins",
    key=("person_id", "unit_id", "role"),
    columns={
        "person_id": "uuid",
        "unit_id": "uuid",
        "role": "text",
        "department_id": "uuid",
        "allowed": "boolean NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(unit_id)", "(department_id)"),
)
OFFICERS = Table(
    "officers",
    key=("person_id", "role"),
    columns={"person_id": "uuid", "role": "text"},
)
UNITS = Table(
    "units",
    key=("unit_id",),
    columns={
        "unit_id": "uuid",
        "code": "text NOT NULL",
        "name": "text NOT NULL",
        "pinyin": "text NOT NULL",
        "kind": "text NOT NULL",
        "affiliation": "text NOT NULL",
        "parent_id": "uuid",
        "bureau_id": "uuid NOT NULL",
        "city": "text NOT NULL",
        "county": "text NOT NULL",
        "industry": "text",
        "jurisdiction": "text NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(bureau_id)", "(kind)", "(pinyin, unit_id)"),
    unique=("(code)",),
)
DEPARTMENTS = Table(
    "departments",
    key=("department_id",),
    columns={
        "department_id": "uuid",
        "unit_id": "uuid NOT NULL",
        "name": "text NOT NULL",
        "closed": "boolean NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(unit_id)", "(department_id) WHERE closed"),
)
BASES = Table(
    "bases",
    key=("unit_id", "level"),
    columns={"unit_id": "uuid", "level": "text", "batch": "text", "former_name": "text"},
)
TABLES = (PEOPLE, ADMINS, OFFICERS, UNITS, DEPARTMENTS, BASES)


def of_person(
    state: Person, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """Where the person belongs, and every role ever held."""
    if state.id is None or state.id not in touched:
        return
    version = touches[state.id].position
    if state.erased:
        yield PEOPLE.gone(state.id)
    elif state.placement is not None:
        place = state.placement.model_dump(include=set(PEOPLE.columns))
        yield PEOPLE.row(
            person_id=state.id, membership=state.membership.value, version=version, **place
        )
    yield from _roles(state, state.id, version)


def _roles(state: Person, person_id: UUID, version: int) -> Iterable[Row | Gone]:
    for (unit_id, role), office in state.offices.items():
        if unit_id is None:
            key = (person_id, role.value)
            here = OFFICERS.row(person_id=person_id, role=role.value)
            yield here if office.standing else OFFICERS.gone(*key)
        elif not office.standing:
            yield ADMINS.gone(person_id, unit_id, role.value)
        else:
            yield ADMINS.row(
                person_id=person_id,
                unit_id=unit_id,
                role=role.value,
                department_id=office.department_id,
                allowed=unit_id in state.allowed,
                version=version,
            )


def of_unit(
    state: Unit, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """The unit, its departments and its titles."""
    unit = state.registered
    if unit is None:
        return
    if unit.unit_id in touched:
        yield UNITS.row(
            **unit.model_dump(exclude={"name"}, mode="json"),
            name=state.name,
            pinyin=pinyin(state.name),
            version=touches[unit.unit_id].position,
        )
        for level in BaseLevel:
            base = state.bases.get(level)
            yield (
                BASES.gone(unit.unit_id, level.value)
                if base is None
                else BASES.row(**base.model_dump(mode="json"))
            )
    for department_id in set(touched) & state.departments.keys():
        yield DEPARTMENTS.row(
            department_id=department_id,
            unit_id=unit.unit_id,
            name=state.departments[department_id],
            closed=department_id in state.closed,
            version=touches[department_id].position,
        )
