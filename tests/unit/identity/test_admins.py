"""单位管理员管理 and 三员: who appoints whom, and what nobody holds together."""

from dataclasses import replace
from typing import Any

import pytest

from libs.events import identity as events
from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from services.identity import commands
from services.identity.commands import Holder
from services.identity.rules import admins as rules
from services.identity.rules import authority, codes
from services.identity.rules import person as people
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.codes import office_id
from services.identity.state import Owner
from tests.unit.identity.cast import (
    ACCOUNT,
    AUDIT,
    CHEMISTRY,
    GENERAL,
    HOSPITAL,
    HOSPITAL_ACCOUNT,
    OF_CITY,
    OF_PHYSICS,
    OF_PROVINCE,
    PHYSICS,
    QIN,
    SECURITY,
    STRANGER,
    SURGERY,
    SYSTEM,
    TIME,
    UNIVERSITY,
    id_of,
)
from tests.unit.identity.desk import (
    FACTS,
    activated,
    appoint,
    appointed,
    code_for,
    ended,
    envelope,
    issued,
    office,
    person,
    personal,
    registered,
    session,
    unit_facts,
)

MEMBER = person.given(registered(), activated())
GENERAL_ADMIN = MEMBER.given(*appointed())
IN_PHYSICS = MEMBER.given(*appointed(Role.DEPARTMENT_ADMIN, PHYSICS))


def test_the_unit_account_appoints_with_the_tick() -> None:
    MEMBER.when(appoint()).then(*appointed())
    MEMBER.when(appoint(allowed=False)).then(*appointed(allowed=False))


@pytest.mark.parametrize(
    "by", [GENERAL, OF_PHYSICS, HOSPITAL_ACCOUNT, OF_CITY, OF_PROVINCE, SYSTEM]
)
def test_nobody_else_appoints_a_general_admin(by: Actor) -> None:
    MEMBER.when(appoint(by)).refused(people.NOT_YOUR_TASK)


def test_the_general_admin_appoints_department_admins_but_not_oneself() -> None:
    wanted = {"role": Role.DEPARTMENT_ADMIN, "department": PHYSICS}
    MEMBER.when(appoint(GENERAL, **wanted)).then(  # type: ignore[arg-type]
        *appointed(Role.DEPARTMENT_ADMIN, PHYSICS)
    )
    oneself = replace(GENERAL, id=QIN)
    MEMBER.when(appoint(oneself, **wanted)).refused(people.NOT_YOUR_TASK)  # type: ignore[arg-type]


def test_a_department_admin_has_a_department_of_the_unit_and_a_general_admin_has_none() -> None:
    MEMBER.when(appoint(role=Role.DEPARTMENT_ADMIN)).refused(rules.DEPARTMENT_WANTED)
    MEMBER.when(appoint(department=PHYSICS)).refused(rules.DEPARTMENT_WANTED)
    MEMBER.when(appoint(role=Role.DEPARTMENT_ADMIN, department=SURGERY)).refused(
        people.DEPARTMENT_FOREIGN
    )


def test_only_a_confirmed_member_is_appointed_and_not_twice() -> None:
    person.given(registered(confirmed=False)).when(appoint()).refused(rules.NOT_A_MEMBER_HERE)
    GENERAL_ADMIN.when(appoint()).refused(rules.ALREADY_APPOINTED)
    GENERAL_ADMIN.when(appoint(role=Role.DEPARTMENT_ADMIN, department=PHYSICS)).refused(
        rules.ALREADY_APPOINTED
    )
    person.when(appoint()).refused(people.NOT_YOURS)


def test_a_unit_appoints_to_the_roles_of_its_kind() -> None:
    MEMBER.when(appoint(role=Role.CITY_BUREAU)).refused(rules.NOT_A_ROLE_HERE)
    MEMBER.when(appoint(role=Role.SYSTEM_ADMIN)).refused(rules.NOT_A_ROLE_HERE)
    MEMBER.when(appoint(role=Role.LEARNER)).refused(rules.NOT_A_ROLE_HERE)
    bureau = unit_facts(UNIVERSITY, UNIVERSITY, UnitKind.CITY_BUREAU)
    case = MEMBER.knowing(replace(FACTS, units={UNIVERSITY: bureau}))
    case.when(appoint(role=Role.CITY_BUREAU)).then(*appointed(Role.CITY_BUREAU))
    case.when(appoint(role=Role.PROVINCE_BUREAU)).refused(rules.NOT_A_ROLE_HERE)


def move(department: Any, by: Actor = ACCOUNT) -> commands.ChangeAdminScope:
    return commands.ChangeAdminScope(
        envelope=envelope(by), person_id=QIN, unit_id=UNIVERSITY, department_id=department
    )


def moved(role: Role, department: Any = None) -> events.AdminScopeChanged:
    return events.AdminScopeChanged(
        person_id=QIN, unit_id=UNIVERSITY, role=role, department_id=department
    )


def test_a_new_scope_ends_the_sessions_with_the_old_one() -> None:
    case = IN_PHYSICS.given(session("admin", Role.DEPARTMENT_ADMIN), session("learner"))
    case.when(move(CHEMISTRY)).then(
        moved(Role.DEPARTMENT_ADMIN, CHEMISTRY), ended("scope_changed", "admin")
    )
    case.when(move(PHYSICS)).then()
    general = case.when(move(None))
    general.then(moved(Role.UNIT_ADMIN), ended("scope_changed", "admin"))
    assert set(general.state.standing) == {(UNIVERSITY, Role.UNIT_ADMIN)}
    case.when(move(SURGERY)).refused(people.DEPARTMENT_FOREIGN)


def test_a_general_admin_moves_department_admins_but_makes_no_general_ones() -> None:
    IN_PHYSICS.when(move(CHEMISTRY, GENERAL)).then(moved(Role.DEPARTMENT_ADMIN, CHEMISTRY))
    IN_PHYSICS.when(move(None, GENERAL)).refused(people.NOT_YOUR_TASK)
    GENERAL_ADMIN.when(move(PHYSICS, GENERAL)).refused(people.NOT_YOUR_TASK)
    MEMBER.when(move(PHYSICS)).refused(rules.NOT_APPOINTED)


def dismiss(role: Role = Role.UNIT_ADMIN, by: Actor = ACCOUNT) -> commands.DismissAdmin:
    return commands.DismissAdmin(
        envelope=envelope(by), person_id=QIN, unit_id=UNIVERSITY, role=role
    )


def test_dismissal_ends_the_sessions_in_that_role_and_no_other() -> None:
    case = GENERAL_ADMIN.given(session("admin", Role.UNIT_ADMIN), session("learner"))
    gone = case.when(dismiss())
    gone.then(
        events.AdminDismissed(person_id=QIN, unit_id=UNIVERSITY, role=Role.UNIT_ADMIN),
        ended("admin_dismissed", "admin"),
    )
    gone.when(dismiss()).refused(rules.NOT_APPOINTED)
    assert not gone.state.allowed
    case.when(dismiss(by=GENERAL)).refused(people.NOT_YOUR_TASK)
    IN_PHYSICS.when(dismiss(Role.DEPARTMENT_ADMIN, GENERAL)).then_types(events.AdminDismissed)


def allow(kind: Any, by: Actor = ACCOUNT) -> Any:
    return kind(envelope=envelope(by), person_id=QIN, unit_id=UNIVERSITY)


def test_the_tick_taken_away_ends_the_admin_s_sessions() -> None:
    case = GENERAL_ADMIN.given(session("admin", Role.UNIT_ADMIN), session("learner"))
    denied = case.when(allow(commands.DenyLogin))
    denied.then(
        events.LoginDenied(person_id=QIN, unit_id=UNIVERSITY), ended("login_denied", "admin")
    )
    denied.when(allow(commands.DenyLogin)).then()
    denied.when(allow(commands.AllowLogin)).then(
        events.LoginAllowed(person_id=QIN, unit_id=UNIVERSITY)
    )
    case.when(allow(commands.DenyLogin, GENERAL)).refused(people.NOT_YOUR_TASK)
    IN_PHYSICS.when(allow(commands.DenyLogin, GENERAL)).then_types(events.LoginDenied)


def test_of_another_unit_s_people_a_unit_does_not_hear_who_has_an_office() -> None:
    elsewhere = person.given(registered(unit_id=HOSPITAL), activated())
    for asked in (dismiss(), allow(commands.AllowLogin), allow(commands.DenyLogin)):
        elsewhere.when(asked).refused(people.NOT_YOURS)


SYSTEM_OFFICE = office_id(Role.SYSTEM_ADMIN)


def take(role: Role = Role.SYSTEM_ADMIN, who: Any = QIN, code: str = "code") -> Any:
    return commands.TakeOffice(
        envelope=envelope(STRANGER),
        person_id=who,
        role=role,
        office_id=office_id(role),
        activation_id=id_of(code),
        personal=personal(),
        password_hash="hash",  # noqa: S106
    )


def vacant(role: Role = Role.SYSTEM_ADMIN, **more: Any) -> Any:
    """The office's code waits."""
    return replace(FACTS.after([issued(account=office_id(role))]), **more)


def test_an_office_is_taken_with_its_code_once() -> None:
    case = person.knowing(vacant()).when(take())
    case.then(
        events.AdminAppointed(person_id=QIN, role=Role.SYSTEM_ADMIN),
        events.AccountActivated(person_id=QIN, activation_id=id_of("code")),
    )
    again = person.knowing(case.facts)
    assert again.when(take(who=id_of("another"))).outcome == CODE_WRONG
    assert person.knowing(vacant()).when(take(code="guess")).outcome == CODE_WRONG


def test_nobody_holds_two_of_the_three() -> None:
    other = {Role.AUDIT_ADMIN: QIN}
    words = personal()
    owners = {words.digest: Owner(QIN, words.name_digest)}
    facts = vacant(holders=other, owners=owners)
    holder = person.given(events.AdminAppointed(person_id=QIN, role=Role.AUDIT_ADMIN))
    holder.knowing(facts).when(take()).refused(rules.ONE_OF_THREE)
    # nor under a second id
    person.knowing(facts).when(take(who=id_of("second id"))).refused(rules.ONE_OF_THREE)


def test_a_known_person_takes_office_with_the_account_there_is() -> None:
    words = personal()
    facts = vacant(owners={words.digest: Owner(QIN, words.name_digest)})
    MEMBER.knowing(facts).when(take()).then(
        events.AdminAppointed(person_id=QIN, role=Role.SYSTEM_ADMIN)
    )
    person.knowing(facts).when(take(who=id_of("second id"))).refused(people.NUMBER_REGISTERED)
    renamed = vacant(owners={words.digest: Owner(QIN, "another name")})
    MEMBER.knowing(renamed).when(take()).refused(people.NUMBER_OF_ANOTHER_NAME)


def first(by: Actor, **more: Any) -> Any:
    return code_for(by, holder=Holder.OFFICE, account=SYSTEM_OFFICE, **more)


def test_set_up_makes_the_first_code_once_and_the_next_office_every_other() -> None:
    made = office.when(first(TIME, first=True))
    made.then(issued(account=SYSTEM_OFFICE))
    made.when(first(TIME, first=True)).then()
    office.when(first(TIME)).refused(people.NOT_YOUR_TASK)
    office.when(first(STRANGER, first=True)).refused(people.NOT_YOUR_TASK)
    made.when(first(SECURITY)).then_types(events.ActivationIssued)
    for by in (SYSTEM, AUDIT, OF_PROVINCE):
        made.when(first(by)).refused(people.NOT_YOUR_TASK)


def test_an_office_in_hands_has_no_code() -> None:
    held = replace(FACTS, holders={Role.SYSTEM_ADMIN: QIN})
    office.knowing(held).when(first(SECURITY)).refused(codes.OFFICE_HELD)


def leave(by: Actor) -> commands.LeaveOffice:
    return commands.LeaveOffice(envelope=envelope(by), person_id=QIN, role=Role.SYSTEM_ADMIN)


def test_an_administrator_leaves_or_is_relieved_by_the_next_office() -> None:
    case = person.given(
        events.AdminAppointed(person_id=QIN, role=Role.SYSTEM_ADMIN),
        session(role=Role.SYSTEM_ADMIN, unit_id=None),
    )
    for by in (Actor(QIN, Role.SYSTEM_ADMIN), SECURITY):
        gone = case.when(leave(by))
        gone.then(
            events.AdminDismissed(person_id=QIN, role=Role.SYSTEM_ADMIN), ended("office_left")
        )
        gone.when(leave(by)).refused(rules.NOT_APPOINTED)
    for by in (AUDIT, OF_PROVINCE, Actor(QIN, Role.LEARNER)):
        case.when(leave(by)).refused(people.NOT_YOUR_TASK)


def test_no_office_gives_codes_to_itself() -> None:
    assert set(authority.GIVES_CODE_TO) == authority.OFFICES
    assert all(office != giver for office, giver in authority.GIVES_CODE_TO.items())
