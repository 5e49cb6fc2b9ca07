"""Why nobody is appointed to act for a unit, moved or dismissed."""

from libs.decider import Rule
from libs.events.envelope import Role
from services.identity.commands import (
    AdminCommand,
    AllowLogin,
    AppointAdmin,
    ChangeAdminScope,
    DenyLogin,
    DismissAdmin,
)
from services.identity.rules import authority
from services.identity.rules.admins.reasons import (
    ALREADY_APPOINTED,
    DEPARTMENT_WANTED,
    NOT_A_MEMBER_HERE,
    NOT_A_ROLE_HERE,
    NOT_APPOINTED,
)
from services.identity.rules.person import DEPARTMENT_FOREIGN, NOT_YOUR_TASK, NOT_YOURS
from services.identity.state import IdentityFacts, Membership, Person

OF_A_UNIT = frozenset({Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN})

BY_OWN_UNIT = "请由该单位的单位账号办理；二级管理员也可由该单位的其他单位总管理员办理"
"""The same whomever it is about: of who is out of reach nobody hears what the person is."""


Appointing = AppointAdmin | ChangeAdminScope | DismissAdmin | AllowLogin | DenyLogin


def is_known(_command: AdminCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such a person."""
    return NOT_YOURS if state.id is None or state.erased else None


def by_own_unit(command: Appointing, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The unit account; for department admins the general admin as well (设置各二级管理员)."""
    actor = command.envelope.actor
    if actor.unit_id != command.unit_id:
        return NOT_YOUR_TASK.remedied(BY_OWN_UNIT)
    if actor.role is Role.UNIT_ACCOUNT:
        return None
    general = actor.role is Role.UNIT_ADMIN and actor.id != state.id
    may = general and _is_about_a_department(command, state)
    return None if may else NOT_YOUR_TASK.remedied(BY_OWN_UNIT)


def in_reach(command: Appointing, state: Person, _facts: IdentityFacts) -> Rule | None:
    """One of the unit's people, or who still acts for it; of anybody else nobody hears."""
    acts_here = any(unit == command.unit_id for unit, _role in state.standing)
    mine = acts_here or authority.sees(command.envelope.actor, state)
    return None if mine and not state.erased else NOT_YOURS


def _is_about_a_department(command: Appointing, state: Person) -> bool:
    match command:
        case AppointAdmin():
            return command.role is Role.DEPARTMENT_ADMIN
        case DismissAdmin():
            return command.role is Role.DEPARTMENT_ADMIN
        case ChangeAdminScope():
            held = (command.unit_id, Role.DEPARTMENT_ADMIN) in state.standing
            return held and command.department_id is not None
        case AllowLogin() | DenyLogin():
            roles = {role for unit, role in state.standing if unit == command.unit_id}
            return roles == {Role.DEPARTMENT_ADMIN}


def role_of_unit(command: AppointAdmin, _state: Person, facts: IdentityFacts) -> Rule | None:
    """A unit appoints to the roles of its kind."""
    unit = facts.units.get(command.unit_id)
    if unit is None or command.role not in authority.roles_of(unit.kind):
        return NOT_A_ROLE_HERE
    return None


def department_fits(command: AppointAdmin, _state: Person, facts: IdentityFacts) -> Rule | None:
    """被分配到具体部门的管理员属于二级管理员; 不选择部门的为总管理员."""
    department = command.department_id
    if (command.role is Role.DEPARTMENT_ADMIN) != (department is not None):
        return DEPARTMENT_WANTED
    if department is not None and facts.departments.get(department) != command.unit_id:
        return DEPARTMENT_FOREIGN
    return None


def scope_open(command: ChangeAdminScope, _state: Person, facts: IdentityFacts) -> Rule | None:
    """The new department is an open one of the unit."""
    department = command.department_id
    if department is None or facts.departments.get(department) == command.unit_id:
        return None
    return DEPARTMENT_FOREIGN


def member_here(command: AppointAdmin, state: Person, _facts: IdentityFacts) -> Rule | None:
    """A confirmed member of the unit."""
    here = state.placement is not None and state.placement.unit_id == command.unit_id
    member = here and state.membership is Membership.MEMBER and not state.erased
    return None if member else NOT_A_MEMBER_HERE


def not_appointed_yet(command: AppointAdmin, state: Person, _facts: IdentityFacts) -> Rule | None:
    """One is general or department admin, not both, and neither twice."""
    held = {role for unit, role in state.standing if unit == command.unit_id}
    clash = held & OF_A_UNIT if command.role in OF_A_UNIT else held & {command.role}
    return ALREADY_APPOINTED if clash else None


def appointed(command: Appointing, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such an office to change or end."""
    held = {role for unit, role in state.standing if unit == command.unit_id}
    match command:
        case DismissAdmin():
            good = command.role in held
        case ChangeAdminScope():
            good = bool(held & OF_A_UNIT)
        case _:
            good = bool(held)
    return None if good else NOT_APPOINTED


ON_APPOINT = (
    by_own_unit,
    in_reach,
    role_of_unit,
    department_fits,
    member_here,
    not_appointed_yet,
)


ON_SCOPE = (by_own_unit, in_reach, appointed, scope_open)


ON_CHANGE = (by_own_unit, in_reach, appointed)
