"""Why nobody is appointed, moved, dismissed, or let into one of the three offices."""

from libs.decider import Kind, Rule
from libs.events.envelope import Role
from libs.events.identity import Way
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
from services.identity.rules import authority, sources
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.person import (
    DEPARTMENT_FOREIGN,
    NOT_YOUR_TASK,
    NOT_YOURS,
    NUMBER_OF_ANOTHER_NAME,
    NUMBER_REGISTERED,
)
from services.identity.state import IdentityFacts, Membership, Person

NOT_A_ROLE_HERE = Rule(
    "role-not-of-this-unit",
    "该单位没有此管理员身份",
    sources.ADMINS,
    "用人单位设总管理员和二级管理员；人社部门、行业主管部门另设本部门工作人员",
    Kind.INVALID,
    "role",
)
DEPARTMENT_WANTED = Rule(
    "department-wanted",
    "二级管理员须分配部门；其他管理员不选择部门",
    sources.DEPARTMENTS,
    "请为二级管理员选择部门，或改设为总管理员",
    Kind.INVALID,
    "department_id",
)
NOT_A_MEMBER_HERE = Rule(
    "not-a-member-of-this-unit",
    "只能任用已确认属于本单位的人员",
    sources.ADMINS,
    "请先将该人员导入本单位，或确认其所属单位",
    Kind.CONFLICT,
    "person_id",
)
ALREADY_APPOINTED = Rule(
    "already-appointed",
    "该人员已是本单位管理员",
    sources.ADMINS,
    "调整部门请用“修改”",
)
NOT_APPOINTED = Rule(
    "not-appointed",
    "该人员不是本单位此类管理员",
    sources.ADMINS,
    "请核对人员和身份",
    Kind.UNKNOWN,
)
ONE_OF_THREE = Rule(
    "one-of-three",
    "系统管理员、安全管理员、审计管理员不得由同一人兼任",
    sources.OFFICES,
    "请由另一人就任",
    Kind.CONFLICT,
)

OF_A_UNIT = frozenset({Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN})
Appointing = AppointAdmin | ChangeAdminScope | DismissAdmin | AllowLogin | DenyLogin


def by_own_unit(command: Appointing, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The unit account; for department admins the general admin as well (设置各二级管理员)."""
    actor = command.envelope.actor
    if actor.unit_id != command.unit_id:
        return NOT_YOUR_TASK
    if actor.role is Role.UNIT_ACCOUNT:
        return None
    general = actor.role is Role.UNIT_ADMIN and actor.id != state.id
    return None if general and _is_about_a_department(command, state) else NOT_YOUR_TASK


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


def code_good(command: TakeOffice, _state: Person, facts: IdentityFacts) -> Rule | None:
    """The office's code, unused and not outdated."""
    found = facts.pending.get((command.office_id, Way.HANDED))
    if found is None or found.activation_id != command.activation_id:
        return CODE_WRONG
    return CODE_WRONG if found.until <= command.envelope.at else None


def one_of_three(command: TakeOffice, state: Person, facts: IdentityFacts) -> Rule | None:
    """Nobody holds two of the three."""
    owner = facts.owners.get(command.personal.digest)
    holders = {person for role, person in facts.holders.items() if role is not command.role}
    two = (owner is not None and owner.person_id in holders) or state.id in holders
    return ONE_OF_THREE if two else None


def office_vacant(command: TakeOffice, _state: Person, facts: IdentityFacts) -> Rule | None:
    """The last holder has left: making a code for a successor ends the office."""
    return CODE_WRONG if command.role in facts.holders else None


def same_person(command: TakeOffice, state: Person, facts: IdentityFacts) -> Rule | None:
    """One number, one name; and whoever is known already keeps the account."""
    owner = facts.owners.get(command.personal.digest)
    if owner is None:
        return None if state.id is None else NUMBER_REGISTERED
    if owner.name_digest != command.personal.name_digest:
        return NUMBER_OF_ANOTHER_NAME
    return None if owner.person_id == command.person_id else NUMBER_REGISTERED


def may_end_office(command: LeaveOffice, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The holder, or the office that gives this one's next holder a code."""
    actor = command.envelope.actor
    if actor.id == state.id and actor.role is command.role:
        return None
    return None if actor.role is authority.GIVES_CODE_TO.get(command.role) else NOT_YOUR_TASK


def holds_office(command: LeaveOffice, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is something to leave."""
    return None if (None, command.role) in state.standing else NOT_APPOINTED


def is_known(_command: AdminCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such a person."""
    return NOT_YOURS if state.id is None or state.erased else None


ON_APPOINT = (
    is_known,
    by_own_unit,
    role_of_unit,
    department_fits,
    member_here,
    not_appointed_yet,
)
ON_SCOPE = (is_known, by_own_unit, appointed, scope_open)
ON_CHANGE = (is_known, by_own_unit, appointed)
ON_TAKE_OFFICE = (code_good, one_of_three, office_vacant, same_person)
ON_LEAVE_OFFICE = (is_known, may_end_office, holds_office)
