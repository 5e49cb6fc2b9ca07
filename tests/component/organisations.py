"""Random organisations, one generator for every service: bureaus, units, departments, people.

Identity makes them by commands; who follows identity hears of them by events. A list is what is
left of everything when the rule has been asked of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from libs.decider.predicate import Predicate
from libs.events.envelope import Actor, Role
from libs.events.event import Event
from libs.events.identity import (
    Affiliation,
    PersonRegistered,
    PersonTransferred,
    Placement,
    UnitKind,
    UnitRegistered,
)

PROVINCE = Actor(uuid4(), Role.PROVINCE_BUREAU, uuid4())
DAY = date(2024, 1, 1)
MOST = 4  # units, and bureaus, of one organisation
FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Plan:
    """An organisation: whose unit each is, and where each person belongs and how."""

    supervised: Sequence[int]  # a unit's bureau
    parents: Sequence[int | None]
    people: Sequence[tuple[int, int | None, str]]  # unit, department, what happened then


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any of them."""
    units = draw(st.integers(1, MOST))
    which = st.integers(0, units - 1)
    return Plan(
        draw(st.lists(st.integers(0, MOST - 1), min_size=units, max_size=units)),
        draw(st.lists(st.none() | which, min_size=units, max_size=units)),
        draw(
            st.lists(
                st.tuples(
                    which,
                    st.none() | st.integers(0, 1),
                    st.sampled_from(["enrolled", "registered", "declined", "moved"]),
                ),
                max_size=10,
            )
        ),
    )


@dataclass
class Organisation:
    """What a plan became: ids by their place in it."""

    bureaus: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(MOST)])
    units: list[UUID] = field(default_factory=list)
    departments: list[tuple[UUID, UUID]] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)

    @property
    def actors(self) -> list[Actor]:
        """One in every role, for every unit of this organisation."""
        found = [Actor(uuid4(), role, unit) for role in Role for unit in self.units]
        found += [
            Actor(uuid4(), role, bureau)
            for role in (Role.CITY_BUREAU, Role.COUNTY_BUREAU, Role.UNIT_ADMIN)
            for bureau in self.bureaus
        ]
        found += [
            Actor(uuid4(), Role.DEPARTMENT_ADMIN, unit, department)
            for unit, pair in zip(self.units, self.departments, strict=True)
            for department in (*pair, None)
        ]
        found += [Actor(person, Role.LEARNER) for person in self.people]
        found += [Actor(uuid4(), Role.UNIT_ADMIN, None), PROVINCE]
        return [with_session(actor) for actor in found]

    @property
    def learners(self) -> list[Actor]:
        """The people themselves."""
        return [with_session(Actor(person, Role.LEARNER)) for person in self.people]


def with_session(actor: Actor) -> Actor:
    """The same, logged in."""
    return Actor(actor.id, actor.role, actor.unit_id, actor.department_id, uuid4())


def heard(plan: Plan) -> tuple[Organisation, list[Event]]:
    """The organisation, and what identity says of it. Who moves does so afterwards: `moves`."""
    made = Organisation()
    said: list[Event] = [_unit(b, b, UnitKind.CITY_BUREAU, None) for b in made.bureaus]
    made.units = [uuid4() for _ in plan.supervised]
    made.departments = [(uuid4(), uuid4()) for _ in made.units]
    for n, (unit_id, parent) in enumerate(zip(made.units, plan.parents, strict=True)):
        superior = made.units[parent] if parent is not None and parent < n else None
        bureau = made.bureaus[plan.supervised[n]]
        said.append(_unit(unit_id, bureau, UnitKind.EMPLOYER, superior))
    for where, department, then in plan.people:
        made.people.append(uuid4())
        said.append(
            PersonRegistered(
                person_id=made.people[-1],
                placement=_place(plan, made, where, department),
                confirmed=then != "registered",
            )
        )
    return made, said


def moves(plan: Plan, made: Organisation) -> list[Event]:
    """Who moves to the next unit, where there is one."""
    return [
        PersonTransferred(
            person_id=person,
            placement=_place(plan, made, (where + 1) % len(made.units), None),
            confirmed=True,
            from_unit_id=made.units[where],
        )
        for person, (where, _department, then) in zip(made.people, plan.people, strict=True)
        if then == "moved" and len(made.units) > 1
    ]


def _unit(unit_id: UUID, bureau: UUID, kind: UnitKind, parent: UUID | None) -> UnitRegistered:
    return UnitRegistered(
        unit_id=unit_id,
        code="12450000498500000X",
        name="样例单位",
        kind=kind,
        affiliation=Affiliation.CITY,
        parent_id=parent,
        bureau_id=bureau,
        city="南宁市",
        county="青秀区",
        jurisdiction="CN-GX",
    )


def _place(plan: Plan, made: Organisation, where: int, department: int | None) -> Placement:
    return Placement(
        unit_id=made.units[where],
        department_id=None if department is None else made.departments[where][department],
        bureau_id=made.bureaus[plan.supervised[where]],
        city="南宁市",
        county="青秀区",
        jurisdiction="CN-GX",
        effective=DAY,
    )


async def listed(
    client: httpx.AsyncClient, path: str, key: str, headers: dict[str, str] | None = None
) -> list[str]:
    """The whole list, page by page."""
    found: list[str] = []
    cursor = None
    while True:
        params: dict[str, Any] = {"limit": 7} | ({"cursor": cursor} if cursor else {})
        answer = await client.get(path, params=params, headers=headers)
        assert answer.is_success, answer.text
        found += [item[key] for item in answer.json()["items"]]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


def left_of(everything: Iterable[dict[str, Any]], rule: Predicate, key: str) -> list[str]:
    """What is left of everything when the rule has been asked of each, in no order."""
    return sorted(str(record[key]) for record in everything if rule.allows(record))
