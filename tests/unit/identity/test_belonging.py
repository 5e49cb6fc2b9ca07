"""所属单位: who registers, who confirms, who moves, and what ends with a move."""

from dataclasses import replace
from typing import Any

import pytest

from libs.events import identity as events
from libs.events.envelope import Actor, Role
from services.identity import commands
from services.identity.rules import person as rules
from services.identity.state import Owner
from tests.unit.identity.cast import (
    GENERAL,
    HOSPITAL,
    LEARNER,
    OF_CHEMISTRY,
    OF_CITY,
    OF_HOSPITAL,
    OF_PHYSICS,
    OF_PROVINCE,
    PHYSICS,
    QIN,
    SURGERY,
    TIME,
    UNIVERSITY,
    id_of,
)
from tests.unit.identity.desk import (
    FACTS,
    TODAY,
    activated,
    appointed,
    ended,
    enrol,
    envelope,
    issued,
    person,
    personal,
    place,
    register,
    registered,
    session,
)

MEMBER = person.given(registered(), activated())
WAITING = person.given(registered(confirmed=False), activated())


def known(
    of: str = "Qin Xiaoming",
    name: str = "覃小明",
    owner: str = "somebody else",
    unit_id: Any = None,
) -> Any:
    """The number belongs to somebody already."""
    words = personal(of, name)
    return replace(FACTS, owners={words.digest: Owner(id_of(owner), words.name_digest, unit_id)})


def confirm(by: Actor) -> commands.ConfirmMembership:
    return commands.ConfirmMembership(envelope=envelope(by), person_id=QIN, effective=TODAY)


def decline(by: Actor = GENERAL) -> commands.DeclineMembership:
    return commands.DeclineMembership(envelope=envelope(by), person_id=QIN)


def move(by: Actor = LEARNER, **more: Any) -> commands.Transfer:
    return commands.Transfer(
        **{"envelope": envelope(by), "person_id": QIN, "unit_id": HOSPITAL, "effective": TODAY}
        | more
    )


def assign(by: Actor, department: Any = PHYSICS) -> commands.AssignDepartment:
    return commands.AssignDepartment(
        envelope=envelope(by), person_id=QIN, department_id=department, effective=TODAY
    )


def test_a_person_registers_alone_and_waits_for_the_unit() -> None:
    person.when(register(department_id=PHYSICS)).then(
        registered(confirmed=False, department=PHYSICS),
        events.AccountActivated(person_id=QIN, activation_id=QIN),
    )


def test_a_number_that_is_known_is_refused_with_what_to_do() -> None:
    person.knowing(known()).when(register()).refused(rules.NUMBER_REGISTERED)


def test_a_number_with_another_s_name_is_refused_with_both_reasons() -> None:
    case = person.knowing(known(name="黄大山"))
    for command in (register(), enrol()):
        case.when(command).refused(rules.NUMBER_OF_ANOTHER_NAME)
    assert "证件号码填写有误" in rules.NUMBER_OF_ANOTHER_NAME.text
    assert "姓名填写有误" in rules.NUMBER_OF_ANOTHER_NAME.text


def test_an_unknown_unit_and_another_unit_s_department_are_refused() -> None:
    person.when(register(unit_id=id_of("nowhere"))).refused(rules.UNIT_UNKNOWN)
    person.when(register(department_id=SURGERY)).refused(rules.DEPARTMENT_FOREIGN)
    person.when(register(department_id=id_of("closed"))).refused(rules.DEPARTMENT_FOREIGN)


def test_a_unit_enters_nobody_into_another_s_department() -> None:
    person.when(enrol(department_id=SURGERY)).refused(rules.DEPARTMENT_FOREIGN)
    person.when(enrol(department_id=PHYSICS)).then(registered(department=PHYSICS), issued())


def test_a_unit_enters_its_own_people_who_take_a_code() -> None:
    person.when(enrol()).then(registered(), issued())


@pytest.mark.parametrize("by", [OF_HOSPITAL, OF_PHYSICS, OF_CITY, OF_PROVINCE, LEARNER])
def test_nobody_else_enters_them(by: Actor) -> None:
    person.when(enrol(by)).refused(rules.NOT_YOUR_TASK)


def test_who_has_a_unit_is_not_entered_again_nor_by_another() -> None:
    again = MEMBER.when(enrol()).refused(rules.NUMBER_REGISTERED)
    assert again.outcome == rules.ENTERED_ALREADY
    assert rules.ENTERED_ALREADY.remedy != rules.NUMBER_REGISTERED.remedy
    MEMBER.when(enrol(OF_HOSPITAL, unit_id=HOSPITAL)).refused(rules.ELSEWHERE)
    # known under another id
    person.knowing(known(unit_id=UNIVERSITY)).when(enrol()).refused(rules.NUMBER_REGISTERED)
    person.knowing(known(unit_id=HOSPITAL)).when(enrol()).refused(rules.ELSEWHERE)
    person.knowing(known()).when(enrol()).refused(rules.ELSEWHERE)


def test_one_of_the_three_who_belongs_nowhere_is_entered_by_the_own_unit() -> None:
    officer = person.given(events.AdminAppointed(person_id=QIN, role=Role.AUDIT_ADMIN), activated())
    officer.knowing(known(owner="Qin Xiaoming")).when(enrol()).then(registered())


def test_the_unit_confirms_once() -> None:
    confirmed = WAITING.when(confirm(GENERAL))
    confirmed.then(events.MembershipConfirmed(person_id=QIN, placement=place()))
    confirmed.when(confirm(GENERAL)).refused(rules.NOT_PENDING)


def test_only_the_unit_s_managers_confirm() -> None:
    WAITING.when(confirm(OF_HOSPITAL)).refused(rules.NOT_YOURS)
    WAITING.when(confirm(OF_PHYSICS)).refused(rules.NOT_YOUR_TASK)
    WAITING.when(confirm(OF_PROVINCE)).refused(rules.NOT_YOUR_TASK)
    WAITING.when(confirm(LEARNER)).refused(rules.NOT_YOUR_TASK)
    WAITING.when(confirm(replace(GENERAL, id=QIN))).refused(rules.NOT_ONESELF)


def test_who_is_declined_may_choose_again_the_same_unit_too() -> None:
    declined = WAITING.when(decline())
    declined.then(events.MembershipDeclined(person_id=QIN, unit_id=UNIVERSITY))
    declined.when(decline()).refused(rules.NOT_PENDING)
    declined.when(move(unit_id=UNIVERSITY)).then_types(events.PersonTransferred)
    WAITING.when(move(unit_id=UNIVERSITY)).refused(rules.SAME_UNIT)


def test_a_move_waits_for_the_new_unit_and_ends_what_was_held_in_the_old_one() -> None:
    admin = MEMBER.given(*appointed(), session("as learner"), session("as admin", Role.UNIT_ADMIN))
    moved = admin.when(move())
    moved.then(
        events.PersonTransferred(
            person_id=QIN, placement=place(HOSPITAL), from_unit_id=UNIVERSITY, confirmed=False
        ),
        events.AdminDismissed(person_id=QIN, unit_id=UNIVERSITY, role=Role.UNIT_ADMIN),
        ended("admin_dismissed", "as admin"),
    )
    moved.when(confirm(GENERAL)).refused(rules.NOT_YOURS)
    moved.when(confirm(OF_HOSPITAL)).then_types(events.MembershipConfirmed)
    assert moved.state.allowed == frozenset()


def test_only_the_person_moves() -> None:
    MEMBER.when(move(GENERAL)).refused(rules.NOT_YOUR_TASK)
    MEMBER.when(move(Actor(id_of("another"), Role.LEARNER))).refused(rules.NOT_YOUR_TASK)
    MEMBER.when(move(department_id=PHYSICS)).refused(rules.DEPARTMENT_FOREIGN)


@pytest.mark.parametrize("by", [GENERAL, LEARNER, TIME])
def test_the_department_is_given_by_the_general_admin_or_chosen_by_oneself(by: Actor) -> None:
    assigned = MEMBER.when(assign(by))
    assigned.then(events.DepartmentAssigned(person_id=QIN, placement=place(department=PHYSICS)))
    assigned.when(assign(by)).then()
    assigned.when(assign(by, None)).then_types(events.DepartmentAssigned)


def test_nobody_else_gives_one_and_none_of_another_unit() -> None:
    MEMBER.when(assign(OF_PHYSICS)).refused(rules.NOT_YOUR_TASK)
    MEMBER.when(assign(OF_HOSPITAL)).refused(rules.NOT_YOURS)
    MEMBER.when(assign(GENERAL, SURGERY)).refused(rules.DEPARTMENT_FOREIGN)
    WAITING.when(assign(GENERAL)).refused(rules.NOT_A_MEMBER)


def change(by: Actor, fields: tuple[str, ...] = ("mobile",)) -> commands.ChangeDetails:
    return commands.ChangeDetails(
        envelope=envelope(by), person_id=QIN, fields=fields, personal=personal()
    )


def correct(by: Actor, of: str = "Qin Xiaoming") -> commands.CorrectIdentity:
    return commands.CorrectIdentity(
        envelope=envelope(by), person_id=QIN, fields=("name",), personal=personal(of, "覃大明")
    )


def test_details_are_changed_by_the_person_or_an_admin_in_scope() -> None:
    in_physics = person.given(registered(department=PHYSICS))
    for by in (LEARNER, GENERAL, OF_PHYSICS):
        in_physics.when(change(by)).then(
            events.PersonDetailsChanged(person_id=QIN, fields=("mobile",))
        )
    in_physics.when(change(OF_CHEMISTRY)).refused(rules.NOT_YOURS)
    in_physics.when(change(OF_PROVINCE)).refused(rules.NOT_YOUR_TASK)
    in_physics.when(change(LEARNER, ())).refused(rules.NOTHING_CHANGES)


def test_nobody_changes_an_admin_s_mobile_to_get_the_code_for_a_new_password() -> None:
    MEMBER.given(*appointed()).when(change(GENERAL)).refused(rules.ADMIN_BY_OTHERS)


def test_a_name_is_corrected_by_unit_or_bureau_never_by_oneself() -> None:
    for by in (GENERAL, OF_CITY, OF_PROVINCE):
        MEMBER.when(correct(by)).then(events.IdentityCorrected(person_id=QIN, fields=("name",)))
    MEMBER.when(correct(LEARNER)).refused(rules.NOT_YOUR_TASK)
    MEMBER.when(correct(replace(GENERAL, id=QIN))).refused(rules.NOT_ONESELF)
    MEMBER.given(*appointed()).when(correct(GENERAL)).refused(rules.ADMIN_BY_OTHERS)


def test_a_number_is_not_corrected_to_one_that_is_another_s() -> None:
    taken = MEMBER.knowing(known("Huang")).when(correct(GENERAL, "Huang"))
    assert taken.refused(rules.NUMBER_REGISTERED).outcome == rules.TAKEN_BY_ANOTHER
    mine = known("Huang", owner="Qin Xiaoming")
    MEMBER.knowing(mine).when(correct(GENERAL, "Huang")).then_types(events.IdentityCorrected)


def erase(by: Actor = OF_PROVINCE) -> commands.ErasePerson:
    return commands.ErasePerson(envelope=envelope(by), person_id=QIN)


def test_who_is_erased_holds_nothing_and_is_asked_nothing_any_more() -> None:
    gone = MEMBER.given(*appointed(), session()).when(erase())
    gone.then(
        events.AdminDismissed(person_id=QIN, unit_id=UNIVERSITY, role=Role.UNIT_ADMIN),
        ended("erased"),
        events.PersonErased(person_id=QIN),
    )
    gone.when(erase()).then()
    gone.when(enrol()).refused(rules.GONE)
    gone.when(correct(OF_PROVINCE)).refused(rules.GONE)
    gone.when(change(LEARNER)).refused(rules.GONE)
    gone.when(move()).refused(rules.GONE)


def test_who_was_erased_while_waiting_is_not_answered() -> None:
    gone = WAITING.when(erase())
    for answer in (confirm(GENERAL), decline()):
        gone.when(answer).refused(rules.GONE)


def test_only_the_province_erases() -> None:
    MEMBER.when(erase(OF_CITY)).refused(rules.NOT_YOUR_TASK)
    MEMBER.when(erase(GENERAL)).refused(rules.NOT_YOUR_TASK)
    person.when(erase()).refused(rules.NOT_YOURS)
