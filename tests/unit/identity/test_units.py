"""单位: who registers whom, departments, bases."""

from dataclasses import replace
from typing import Any

import pytest

from libs.events import identity as events
from libs.events.envelope import Actor, Role
from libs.events.identity import BaseLevel, UnitKind
from services.identity import commands
from services.identity.rules import person as people
from services.identity.rules import unit as rules
from tests.unit.identity.cast import (
    ACCOUNT,
    GENERAL,
    HOSPITAL,
    HOSPITAL_ACCOUNT,
    OF_CITY,
    OF_OTHER_CITY,
    OF_PHYSICS,
    OF_PROVINCE,
    PHYSICS,
    SECURITY,
    SYSTEM,
    UNIVERSITY,
    id_of,
)
from tests.unit.identity.desk import FACTS, appointed, envelope, new_unit, unit, unit_registered

REGISTERED = unit.given(unit_registered())
NEW = unit_registered(unit_id=id_of("new unit"))


def test_the_province_or_the_supervising_bureau_registers_a_unit() -> None:
    for by in (OF_PROVINCE, OF_CITY):
        unit.when(new_unit(by)).then(NEW)


@pytest.mark.parametrize("by", [SYSTEM, SECURITY, ACCOUNT, GENERAL])
def test_nobody_else_does(by: Actor) -> None:
    unit.when(new_unit(by)).refused(people.NOT_YOUR_TASK)


def test_a_city_registers_what_it_supervises_itself() -> None:
    unit.when(new_unit(OF_OTHER_CITY)).refused(rules.BUREAU_NOT_OWN)
    unit.when(new_unit(OF_CITY, kind=UnitKind.CITY_BUREAU)).refused(people.NOT_YOUR_TASK)
    unit.when(new_unit(OF_CITY, kind=UnitKind.COUNTY_BUREAU)).then_types(events.UnitRegistered)


def test_one_unit_a_code() -> None:
    taken = replace(FACTS, codes={new_unit().code: HOSPITAL})
    unit.knowing(taken).when(new_unit()).refused(rules.CODE_TAKEN)
    unit.knowing(unit.when(new_unit()).facts).when(new_unit()).refused(rules.CODE_TAKEN)


def test_bureau_and_superior_are_known_units_and_the_bureau_is_one() -> None:
    unit.when(new_unit(bureau_id=HOSPITAL)).refused(rules.BUREAU_UNKNOWN)
    unit.when(new_unit(bureau_id=id_of("nowhere"))).refused(rules.BUREAU_UNKNOWN)
    unit.when(new_unit(parent_id=id_of("nowhere"))).refused(rules.PARENT_UNKNOWN)
    unit.when(new_unit(parent_id=HOSPITAL)).then_types(events.UnitRegistered)


def test_the_system_admin_registers_the_province_bureau_once() -> None:
    mine = {"kind": UnitKind.PROVINCE_BUREAU, "bureau_id": id_of("new unit")}
    made = unit.when(new_unit(SYSTEM, **mine))
    made.then_types(events.UnitRegistered)
    unit.when(new_unit(OF_PROVINCE, **mine)).refused(people.NOT_YOUR_TASK)
    unit.when(new_unit(SYSTEM, kind=UnitKind.PROVINCE_BUREAU)).refused(rules.BUREAU_UNKNOWN)
    unit.knowing(made.facts).when(new_unit(SYSTEM, **mine)).refused(rules.ONE_PROVINCE)


def rename(by: Actor, name: str = "广西新样例大学") -> commands.RenameUnit:
    return commands.RenameUnit(envelope=envelope(by), unit_id=UNIVERSITY, name=name)


def test_a_unit_is_renamed_by_who_supervises_it() -> None:
    for by in (OF_CITY, OF_PROVINCE):
        renamed = REGISTERED.when(rename(by))
        renamed.then(events.UnitRenamed(unit_id=UNIVERSITY, name="广西新样例大学"))
        renamed.when(rename(by)).refused(rules.NAME_SAME)
    for by in (OF_OTHER_CITY, ACCOUNT, SYSTEM):
        REGISTERED.when(rename(by)).refused(rules.UNIT_NOT_IN_SCOPE)
    unit.when(rename(OF_PROVINCE)).refused(rules.UNIT_NOT_IN_SCOPE)


def add(by: Actor, name: str = "物理学院", department: Any = PHYSICS) -> commands.AddDepartment:
    return commands.AddDepartment(
        envelope=envelope(by), unit_id=UNIVERSITY, department_id=department, name=name
    )


def close(by: Actor = ACCOUNT) -> commands.CloseDepartment:
    return commands.CloseDepartment(
        envelope=envelope(by), unit_id=UNIVERSITY, department_id=PHYSICS
    )


def test_the_unit_keeps_its_departments() -> None:
    for by in (ACCOUNT, GENERAL):
        added = REGISTERED.when(add(by))
        added.then(
            events.DepartmentAdded(unit_id=UNIVERSITY, department_id=PHYSICS, name="物理学院")
        )
        closed = added.when(close(by))
        closed.then(events.DepartmentClosed(unit_id=UNIVERSITY, department_id=PHYSICS))
        closed.when(close(by)).refused(rules.DEPARTMENT_UNKNOWN)
        closed.when(add(by, department=id_of("new"))).then_types(events.DepartmentAdded)
    for by in (OF_PHYSICS, HOSPITAL_ACCOUNT, OF_PROVINCE):
        REGISTERED.when(add(by)).refused(people.NOT_YOUR_TASK)


def test_two_departments_have_two_names() -> None:
    case = REGISTERED.when(add(ACCOUNT))
    case.when(add(ACCOUNT, department=id_of("other"))).refused(rules.DEPARTMENT_TAKEN)


def test_a_department_with_admins_is_not_closed() -> None:
    case = REGISTERED.when(add(ACCOUNT))
    case.knowing(replace(FACTS, heads={PHYSICS: 1})).when(close()).refused(
        rules.DEPARTMENT_HAS_ADMINS
    )


def designate(level: BaseLevel, by: Actor = OF_PROVINCE) -> commands.DesignateBase:
    return commands.DesignateBase(
        envelope=envelope(by),
        unit_id=UNIVERSITY,
        level=level,
        batch="第二批",
        phone="0771-3237366",
    )


def test_a_unit_may_hold_both_titles_each_once_and_no_phone_is_in_the_event() -> None:
    national = REGISTERED.when(designate(BaseLevel.NATIONAL))
    national.then(
        events.BaseDesignated(unit_id=UNIVERSITY, level=BaseLevel.NATIONAL, batch="第二批")
    )
    national.when(designate(BaseLevel.NATIONAL)).refused(rules.BASE_HELD)
    national.when(designate(BaseLevel.REGIONAL)).then_types(events.BaseDesignated)
    REGISTERED.when(designate(BaseLevel.NATIONAL, OF_CITY)).refused(people.NOT_YOUR_TASK)
    over = commands.EndBaseDesignation(
        envelope=envelope(OF_PROVINCE), unit_id=UNIVERSITY, level=BaseLevel.NATIONAL
    )
    national.when(over).then(
        events.BaseDesignationEnded(unit_id=UNIVERSITY, level=BaseLevel.NATIONAL)
    )
    REGISTERED.when(over).refused(rules.BASE_NOT_HELD)
    unit.when(over).refused(rules.UNIT_NOT_IN_SCOPE)


def test_a_department_that_was_given_an_admin_a_moment_ago_is_not_closed() -> None:
    added = events.DepartmentAdded(unit_id=UNIVERSITY, department_id=PHYSICS, name="物理学院")
    here = REGISTERED.given(added)
    close = commands.CloseDepartment(
        envelope=envelope(ACCOUNT), unit_id=UNIVERSITY, department_id=PHYSICS
    )
    here.when(close).then_types(events.DepartmentClosed)
    headed = FACTS.after(appointed(Role.DEPARTMENT_ADMIN, PHYSICS))
    here.knowing(headed).when(close).refused(rules.DEPARTMENT_HAS_ADMINS)
