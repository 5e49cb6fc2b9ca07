"""A list is what is left of everything when the rule has been asked of each: no more, no less.

Random organisations on a real database, every role, through the API.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings

from libs.events.command import Command
from libs.events.documents import DocumentKind
from libs.events.envelope import Actor, Envelope, Role
from libs.events.identity import Affiliation, UnitKind
from libs.events.scope import people_of
from libs.runtime.log.answers import Asked
from services.identity.commands import (
    AddDepartment,
    DeclineMembership,
    EnrolPerson,
    Personal,
    RegisterOneself,
    RegisterUnit,
    Transfer,
)
from services.identity.keys import Signer
from services.identity.scope import units_of
from services.identity.vault import Details, Vault
from tests.component.identity.caller import number, unit_code
from tests.component.identity.office import Office
from tests.component.lab import AT
from tests.component.organisations import PROVINCE, Organisation, Plan, listed, plans

DAY = date(2024, 12, 20)
OF_PERSON = ("person_id", "unit_id", "department_id", "parent_id", "bureau_id")
OF_UNIT = ("unit_id", "bureau_id", "kind")


def envelope(actor: Actor) -> Envelope:
    return Envelope(at=AT, actor=actor, key=uuid4().hex, correlation=uuid4())


def personal(vault: Vault, person: UUID) -> Personal:
    return vault.personal(person, Details(DocumentKind.RESIDENT_ID, number(), "覃小明"))


async def make(desk: Office, plan: Plan) -> Organisation:
    """Through the batch, as everything."""
    writer = desk.app.state.desk.writer
    vault = Vault(os.environ["JIXU_IDENTITY_VAULT_KEYS"], "22" * 32)

    async def do(commands: Sequence[Command]) -> None:
        await asyncio.gather(*(writer.submit(Asked(command)) for command in commands))

    def unit(unit_id: UUID, bureau: UUID, kind: UnitKind, parent: UUID | None) -> Command:
        return RegisterUnit(
            envelope=envelope(PROVINCE),
            unit_id=unit_id,
            code=unit_code(),
            name="样例单位",
            kind=kind,
            affiliation=Affiliation.CITY,
            parent_id=parent,
            bureau_id=bureau,
            city="南宁市",
            county="青秀区",
            jurisdiction="CN-GX",
        )

    province = (await desk.lab.rows("SELECT unit_id FROM units WHERE kind = 'province_bureau'"))[0][
        0
    ]
    made = Organisation()
    await do([unit(b, province, UnitKind.CITY_BUREAU, None) for b in made.bureaus])
    made.units = [uuid4() for _ in plan.supervised]
    for unit_id, bureau, parent in zip(made.units, plan.supervised, plan.parents, strict=True):
        superior = made.units[parent] if parent is not None else None
        known = superior in made.units[: made.units.index(unit_id)]
        await do(
            [unit(unit_id, made.bureaus[bureau], UnitKind.EMPLOYER, superior if known else None)]
        )
    made.departments = [(uuid4(), uuid4()) for _ in made.units]
    await do(
        [
            AddDepartment(
                envelope=envelope(Actor(unit_id, Role.UNIT_ACCOUNT, unit_id)),
                unit_id=unit_id,
                department_id=department,
                name=f"部门{n}",
            )
            for unit_id, pair in zip(made.units, made.departments, strict=True)
            for n, department in enumerate(pair)
        ]
    )
    for steps in zip(*(_person(made, vault, *one) for one in plan.people), strict=True):
        await do([step for step in steps if step is not None])
    return made


def _person(
    made: Organisation, vault: Vault, where: int, department: int | None, then: str
) -> tuple[Command, Command | None]:
    """How somebody joined, and what happened then."""
    person, unit_id = uuid4(), made.units[where]
    made.people.append(person)
    place: dict[str, Any] = {
        "unit_id": unit_id,
        "department_id": None if department is None else made.departments[where][department],
        "effective": DAY,
        "person_id": person,
    }
    account = Actor(unit_id, Role.UNIT_ACCOUNT, unit_id)
    words = personal(vault, person)
    if then in ("enrolled", "moved"):
        first: Command = EnrolPerson(
            envelope=envelope(account),
            personal=words,
            activation_id=uuid4(),
            until=AT,
            **place,
        )
    else:
        first = RegisterOneself(
            envelope=envelope(Actor(person, Role.LEARNER)),
            personal=words,
            password_hash="none",  # noqa: S106
            **place,
        )
    if then == "declined":
        return first, DeclineMembership(envelope=envelope(account), person_id=person)
    if then == "moved" and len(made.units) > 1:
        to = made.units[(where + 1) % len(made.units)]
        own = envelope(Actor(person, Role.LEARNER))
        return first, Transfer(envelope=own, person_id=person, unit_id=to, effective=DAY)
    return first, None


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans())
async def test_a_list_is_everything_filtered_by_the_rule(desk: Office, plan: Plan) -> None:
    if not await desk.lab.rows("SELECT FROM units"):
        system = await desk.take_office("system_admin", number())
        await desk.unit(system, "自治区人社厅", kind="province_bureau")
    made = await make(desk, plan)
    people = await desk.lab.rows(f"SELECT {', '.join(OF_PERSON)} FROM people")
    units = await desk.lab.rows(f"SELECT {', '.join(OF_UNIT)} FROM units")
    signer = Signer(os.environ["JIXU_IDENTITY_SIGNING_KEY"])
    for actor in made.actors:
        rule, unit_rule = people_of(actor), units_of(actor)
        headers = {"Authorization": f"Bearer {signer.token(actor, desk.lab.clock.now())}"}
        allowed = {
            str(row[0]) for row in people if rule.allows(dict(zip(OF_PERSON, row, strict=True)))
        }
        found = await listed(desk.http, "/people", "person_id", headers)
        assert len(found) == len(set(found)), actor
        assert set(found) == allowed, actor
        for person in made.people[:2]:
            answer = await desk.http.get(f"/people/{person}", headers=headers)
            assert answer.is_success is (str(person) in allowed), actor
        seen = await listed(desk.http, "/units", "unit_id", headers)
        expected = [
            str(row[0]) for row in units if unit_rule.allows(dict(zip(OF_UNIT, row, strict=True)))
        ]
        assert sorted(seen) == sorted(expected), actor
