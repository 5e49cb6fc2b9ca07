"""What a person may act as: decisions. Sessions in a role end with the role."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import keep
from libs.events.envelope import Role
from libs.events.identity import (
    AccountActivated,
    AdminAppointed,
    AdminDismissed,
    AdminScopeChanged,
    LoginAllowed,
    LoginDenied,
)
from services.identity.commands import (
    AdminCommand,
    AllowLogin,
    AppointAdmin,
    ChangeAdminScope,
    DenyLogin,
    DismissAdmin,
    LeaveOffice,
    TakeOffice,
)
from services.identity.decider.account import ended
from services.identity.decider.person.evolving import PersonDecided
from services.identity.rules import admins as rules
from services.identity.state import IdentityFacts, Person


def decide(command: AdminCommand, state: Person, facts: IdentityFacts) -> Sequence[PersonDecided]:
    """One request about what a person may act as."""
    person_id = command.person_id
    match command:
        case AppointAdmin():
            keep(rules.ON_APPOINT, command, state, facts)
            return _appointed(command, state)
        case ChangeAdminScope():
            keep(rules.ON_SCOPE, command, state, facts)
            return _moved(command, state)
        case DismissAdmin(unit_id=unit_id, role=role):
            keep(rules.ON_CHANGE, command, state, facts)
            return [
                AdminDismissed(person_id=person_id, unit_id=unit_id, role=role),
                *ended(state.account, person_id, "admin_dismissed", unit_id=unit_id, roles=[role]),
            ]
        case AllowLogin(unit_id=unit_id):
            keep(rules.ON_CHANGE, command, state, facts)
            allowed = unit_id in state.allowed
            return [] if allowed else [LoginAllowed(person_id=person_id, unit_id=unit_id)]
        case DenyLogin(unit_id=unit_id):
            keep(rules.ON_CHANGE, command, state, facts)
            if unit_id not in state.allowed:
                return []
            roles = [role for unit, role in state.standing if unit == unit_id]
            return [
                LoginDenied(person_id=person_id, unit_id=unit_id),
                *ended(state.account, person_id, "login_denied", unit_id=unit_id, roles=roles),
            ]
        case TakeOffice():
            keep(rules.ON_TAKE_OFFICE, command, state, facts)
            first = AccountActivated(person_id=person_id, activation_id=command.activation_id)
            return [
                AdminAppointed(person_id=person_id, role=command.role),
                *([] if state.account.activated else [first]),
            ]
        case LeaveOffice(role=role):
            keep(rules.ON_LEAVE_OFFICE, command, state, facts)
            return [
                AdminDismissed(person_id=person_id, role=role),
                *ended(state.account, person_id, "office_left", roles=[role]),
            ]
        case _:
            assert_never(command)


def _appointed(command: AppointAdmin, state: Person) -> Sequence[PersonDecided]:
    found: list[PersonDecided] = [
        AdminAppointed(
            person_id=command.person_id,
            unit_id=command.unit_id,
            role=command.role,
            department_id=command.department_id,
        )
    ]
    if command.login_allowed and command.unit_id not in state.allowed:
        found.append(LoginAllowed(person_id=command.person_id, unit_id=command.unit_id))
    return found


def _moved(command: ChangeAdminScope, state: Person) -> Sequence[PersonDecided]:
    """被分配到具体部门的为二级管理员, 不选择部门的为总管理员: sessions with the old scope end."""
    unit_id = command.unit_id
    held = next(h for h in state.standing if h[0] == unit_id and h[1] in rules.OF_A_UNIT)
    if state.standing[held].department_id == command.department_id:
        return []
    role = Role.UNIT_ADMIN if command.department_id is None else Role.DEPARTMENT_ADMIN
    return [
        AdminScopeChanged(
            person_id=command.person_id,
            unit_id=unit_id,
            role=role,
            department_id=command.department_id,
        ),
        *ended(
            state.account,
            command.person_id,
            "scope_changed",
            unit_id=unit_id,
            roles=rules.OF_A_UNIT,
        ),
    ]
