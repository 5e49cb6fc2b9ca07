"""账号: codes, passwords, sessions; what locks, and what ends with what."""

from datetime import timedelta

import pytest

from libs.events import identity as events
from libs.events.envelope import Actor, Role
from libs.events.event import Event
from libs.events.identity import UnitKind, Way
from services.identity import commands
from services.identity.commands import Holder
from services.identity.rules import account as rules
from services.identity.rules import codes
from services.identity.rules import person as people
from services.identity.rules import unit as units
from tests.unit.identity.cast import (
    ACCOUNT,
    GENERAL,
    HOSPITAL_ACCOUNT,
    LEARNER,
    OF_CHEMISTRY,
    OF_CITY,
    OF_OTHER_CITY,
    OF_PHYSICS,
    OF_PROVINCE,
    PHYSICS,
    PROVINCE,
    QIN,
    SECURITY,
    STRANGER,
    SYSTEM,
    TIME,
    UNIVERSITY,
    id_of,
)
from tests.unit.identity.desk import (
    FACTS,
    HOUR,
    LOCK,
    NOW,
    activate,
    activated,
    appointed,
    code_for,
    ended,
    envelope,
    fail,
    issued,
    log_in,
    person,
    registered,
    session,
    unit,
    unit_registered,
)

MEMBER = person.given(registered(), activated())
ADMIN = MEMBER.given(*appointed())
FAILED = events.LoginFailed(person_id=QIN, attempt_id=id_of("attempt"))


def test_a_learner_logs_in() -> None:
    MEMBER.when(log_in()).then(session())


@pytest.mark.parametrize(
    "since",
    [
        events.PasswordReset(person_id=QIN, by="own"),
        events.AccountActivated(person_id=QIN, activation_id=id_of("code")),
    ],
)
def test_who_was_let_in_by_a_password_that_has_changed_since_is_refused(since: Event) -> None:
    MEMBER.knowing(FACTS.after([since])).when(log_in()).refused(rules.LOGIN_WRONG)
    old = {"password_hash": "of the old one"}
    MEMBER.when(log_in().model_copy(update=old)).refused(rules.LOGIN_WRONG)


def test_a_session_carries_the_unit_and_the_department_of_the_role_chosen() -> None:
    case = MEMBER.given(*appointed(Role.DEPARTMENT_ADMIN, PHYSICS))
    case.when(log_in(Role.DEPARTMENT_ADMIN)).then(
        session(role=Role.DEPARTMENT_ADMIN, department=PHYSICS)
    )
    case.when(log_in(Role.LEARNER)).then(session())


def test_a_role_that_is_not_held_is_refused() -> None:
    MEMBER.when(log_in(Role.UNIT_ADMIN)).refused(rules.ROLE_NOT_HELD)
    ADMIN.when(log_in(Role.PROVINCE_BUREAU)).refused(rules.ROLE_NOT_HELD)
    ADMIN.when(log_in(Role.UNIT_ADMIN, unit_id=id_of("elsewhere"))).refused(rules.ROLE_NOT_HELD)
    dismissed = events.AdminDismissed(person_id=QIN, unit_id=UNIVERSITY, role=Role.UNIT_ADMIN)
    ADMIN.given(dismissed).when(log_in(Role.UNIT_ADMIN)).refused(rules.ROLE_NOT_HELD)


def test_an_admin_logs_in_only_where_the_tick_is() -> None:
    case = MEMBER.given(*appointed(allowed=False))
    case.when(log_in(Role.UNIT_ADMIN)).refused(rules.LOGIN_NOT_ALLOWED)
    case.when(log_in(Role.LEARNER)).then(session())


def test_who_was_imported_logs_in_after_activation_alone() -> None:
    case = person.given(registered(), issued())
    case.when(log_in()).refused(rules.LOGIN_WRONG)
    case.when(activate()).when(log_in()).then(session())


def test_three_failures_lock_for_a_while_and_a_success_forgets_them() -> None:
    two = MEMBER.when(fail()).then(FAILED).when(fail()).then(FAILED)
    locked = two.when(fail())
    locked.then(
        events.LoginFailed(person_id=QIN, attempt_id=id_of("attempt"), locked_until=NOW + LOCK)
    )
    locked.when(fail()).refused(rules.LOCKED)
    locked.when(log_in(at=NOW + LOCK - timedelta(seconds=1))).refused(rules.LOCKED)
    locked.when(log_in(at=NOW + LOCK)).then(session())
    two.when(log_in()).when(fail()).when(fail()).then(FAILED)


def test_a_locked_account_takes_no_code() -> None:
    case = MEMBER.given(issued(Way.MOBILE)).when(fail()).when(fail()).when(fail())
    case.when(activate(Way.MOBILE)).refused(rules.LOCKED)
    case.when(activate(Way.MOBILE, "another")).refused(rules.LOCKED)
    about = activate(Way.MOBILE).model_copy(update={"about_holder": True})
    case.when(about).refused(rules.LOCKED)


def test_what_a_password_has_of_the_holder_is_told_to_who_has_the_code() -> None:
    case = MEMBER.given(issued(Way.MOBILE))
    about = {"about_holder": True}
    case.when(activate(Way.MOBILE).model_copy(update=about)).refused(rules.PASSWORD_WEAK)
    guess = activate(Way.MOBILE, "another").model_copy(update=about)
    case.when(guess).refused(rules.CODE_WRONG)


def test_sessions_beyond_the_limit_end_the_oldest() -> None:
    old = session("oldest").model_copy(update={"until": NOW + timedelta(minutes=1)})
    case = MEMBER.given(old, session("second"))
    case.when(log_in()).then(ended("too_many", "oldest"), session())


def test_a_code_is_good_once_and_for_its_time() -> None:
    case = person.given(registered(), issued())
    used = case.when(activate())
    used.then(events.AccountActivated(person_id=QIN, activation_id=id_of("code")))
    used.when(activate()).refused(rules.CODE_WRONG)
    case.when(activate(at=NOW + HOUR)).refused(rules.CODE_WRONG)
    case.when(activate(code="another")).refused(rules.CODE_WRONG)
    case.when(activate(Way.MOBILE)).refused(rules.CODE_WRONG)


def test_a_new_code_is_the_only_one() -> None:
    case = person.given(registered(), issued(name="old")).given(issued())
    case.when(activate(code="old")).refused(rules.CODE_WRONG)
    case.when(activate()).then_types(events.AccountActivated)


def test_the_unit_resets_a_member_s_password_and_what_is_open_under_it() -> None:
    case = MEMBER.given(session())
    case.when(code_for(GENERAL)).then(
        events.PasswordReset(person_id=QIN, by="unit_admin"), ended("password_reset"), issued()
    )
    case.when(code_for(GENERAL)).when(log_in()).refused(rules.LOGIN_WRONG)


NO_TASK_OF_THEIRS = people.NOT_YOUR_TASK.remedied("请由单位账号、单位总管理员或二级管理员办理")


@pytest.mark.parametrize(
    ("by", "rule"),
    [
        (OF_CHEMISTRY, people.NOT_YOURS),
        (HOSPITAL_ACCOUNT, people.NOT_YOURS),
        (OF_PROVINCE, NO_TASK_OF_THEIRS),
        (STRANGER, NO_TASK_OF_THEIRS),
        (LEARNER, people.NOT_ONESELF),
    ],
)
def test_nobody_out_of_the_chain_resets_a_learner(by: Actor, rule: object) -> None:
    case = person.given(registered(department=PHYSICS), activated())
    assert case.when(code_for(by)).outcome == rule
    case.when(code_for(OF_PHYSICS)).then_types(events.PasswordReset, events.ActivationIssued)


def test_an_admin_is_reset_by_the_unit_account_alone() -> None:
    ADMIN.when(code_for(GENERAL)).refused(people.ADMIN_BY_OTHERS)
    ADMIN.when(code_for(STRANGER, Way.MOBILE)).refused(codes.NO_OWN_CODE)
    ADMIN.when(code_for(ACCOUNT)).then_types(events.PasswordReset, events.ActivationIssued)


def test_a_learner_gets_a_code_to_the_own_mobile_and_the_old_password_stays_until_it_is_used() -> (
    None
):
    case = MEMBER.when(code_for(STRANGER, Way.MOBILE))
    case.then(issued(Way.MOBILE))
    case.when(log_in()).then(session())
    case.given(session()).when(activate(Way.MOBILE)).then(
        events.PasswordReset(person_id=QIN, by="own_code"),
        events.AccountActivated(person_id=QIN, activation_id=id_of("code")),
        ended("password_changed"),
    )


def test_a_mobile_is_not_sent_one_code_after_another() -> None:
    case = MEMBER.given(issued(Way.MOBILE))
    soon, later = NOW + timedelta(seconds=59), NOW + timedelta(seconds=60)
    case.when(code_for(STRANGER, Way.MOBILE, at=soon)).refused(rules.CODE_TOO_SOON)
    case.when(code_for(STRANGER, Way.MOBILE, at=later)).then_types(events.ActivationIssued)


def test_a_code_to_the_mobile_leaves_the_one_that_was_handed_over() -> None:
    case = person.given(registered(), issued(name="handed"), issued(Way.MOBILE, name="sent"))
    case.when(activate(code="handed")).then_types(events.AccountActivated)


def test_a_changed_password_ends_every_other_session() -> None:
    by = Actor(QIN, Role.LEARNER, UNIVERSITY, session_id=id_of("this"))
    command = commands.ChangePassword(
        envelope=envelope(by),
        holder=Holder.PERSON,
        account_id=QIN,
        password_hash="hash",  # noqa: S106
    )
    case = MEMBER.given(session("this"), session("other")).when(command)
    case.then(events.PasswordReset(person_id=QIN, by="own"), ended("password_changed", "other"))
    case.when(log_in()).then_types(events.SessionStarted)


def end(by: Actor) -> commands.EndSession:
    return commands.EndSession(
        envelope=envelope(by),
        holder=Holder.PERSON,
        account_id=QIN,
        session_id=id_of("session"),
        reason="logged_out",
    )


def test_a_session_is_ended_by_its_holder_by_time_or_by_the_security_admin() -> None:
    case = MEMBER.given(session())
    for by in (LEARNER, TIME, SECURITY):
        over = case.when(end(by))
        over.then(ended("logged_out"))
        over.when(end(by)).refused(rules.SESSION_UNKNOWN)
    for by in (GENERAL, SYSTEM, OF_PROVINCE):
        case.when(end(by)).refused(rules.SESSION_UNKNOWN)


OF_UNIT = {"holder": Holder.UNIT, "account": UNIVERSITY}


def test_a_unit_account_s_code_comes_from_the_supervising_bureau() -> None:
    case = unit.given(unit_registered())
    for by in (OF_CITY, OF_PROVINCE):
        case.when(code_for(by, **OF_UNIT)).then(issued(account=UNIVERSITY))  # type: ignore[arg-type]
    for by in (OF_OTHER_CITY, ACCOUNT, GENERAL, SECURITY):
        case.when(code_for(by, **OF_UNIT)).refused(units.UNIT_NOT_IN_SCOPE)  # type: ignore[arg-type]


def test_a_unit_account_in_use_is_reset_on_a_stamped_letter() -> None:
    case = unit.given(unit_registered(), activated(UNIVERSITY))
    case.when(code_for(OF_CITY, **OF_UNIT)).refused(codes.LETTER_WANTED)  # type: ignore[arg-type]
    given = code_for(OF_CITY, **OF_UNIT, letter="样例大学函〔2024〕8号")  # type: ignore[arg-type]
    case.when(given).then_types(events.PasswordReset, events.ActivationIssued)


def test_the_province_bureau_s_account_gets_its_code_from_the_security_admin() -> None:
    case = unit.given(unit_registered(UnitKind.PROVINCE_BUREAU, PROVINCE, PROVINCE))
    its = {"holder": Holder.UNIT, "account": PROVINCE}
    case.when(code_for(SECURITY, **its)).then(issued(account=PROVINCE))  # type: ignore[arg-type]
    case.when(code_for(OF_PROVINCE, **its)).refused(people.NOT_YOUR_TASK)  # type: ignore[arg-type]
    for by in (SYSTEM, OF_CITY):
        case.when(code_for(by, **its)).refused(units.UNIT_NOT_IN_SCOPE)  # type: ignore[arg-type]


def test_a_unit_account_has_one_role() -> None:
    case = unit.given(unit_registered(), activated(UNIVERSITY))
    case.when(log_in(Role.UNIT_ACCOUNT, holder=Holder.UNIT)).then(
        session(role=Role.UNIT_ACCOUNT, account=UNIVERSITY)
    )
    case.when(log_in(Role.UNIT_ADMIN, holder=Holder.UNIT)).refused(rules.ROLE_NOT_HELD)
    unit.given(unit_registered()).when(log_in(Role.UNIT_ACCOUNT, holder=Holder.UNIT)).refused(
        rules.LOGIN_WRONG
    )
    lock = {"holder": Holder.UNIT, "account_id": UNIVERSITY}
    wrong = fail().model_copy(update=lock)
    locked = case.when(wrong).when(wrong).when(wrong)
    locked.when(log_in(Role.UNIT_ACCOUNT, holder=Holder.UNIT)).refused(rules.LOCKED)
