"""Why somebody does not join, move, or get a department."""

from libs.decider import Rule
from libs.events.envelope import Role
from libs.events.roles import for_these
from services.identity.commands import (
    AssignDepartment,
    ConfirmMembership,
    DeclineMembership,
    EnrolPerson,
    RegisterOneself,
    Transfer,
)
from services.identity.rules import authority
from services.identity.rules.person.asking import in_scope, not_erased, not_oneself
from services.identity.rules.person.reasons import (
    DEPARTMENT_FOREIGN,
    ELSEWHERE,
    ENTERED_ALREADY,
    NOT_A_MEMBER,
    NOT_PENDING,
    NOT_YOUR_TASK,
    NUMBER_OF_ANOTHER_NAME,
    NUMBER_REGISTERED,
    SAME_UNIT,
    UNIT_UNKNOWN,
)
from services.identity.state import IdentityFacts, Membership, Person

Placed = RegisterOneself | EnrolPerson | Transfer
BY_ONESELF = "请由本人以专业技术人员身份登录，在“我的信息”中更改所在单位"


def own_unit_enrols(command: EnrolPerson, _state: Person, _facts: IdentityFacts) -> Rule | None:
    """A unit enters its own people, by its account or its general admin."""
    actor = command.envelope.actor
    mine = actor.role in authority.MANAGERS and actor.unit_id == command.unit_id
    return None if mine else for_these(NOT_YOUR_TASK, authority.MANAGERS)


def unit_known(command: Placed, _state: Person, facts: IdentityFacts) -> Rule | None:
    """There is such a unit."""
    return None if command.unit_id in facts.units else UNIT_UNKNOWN


def department_of_unit(command: Placed, _state: Person, facts: IdentityFacts) -> Rule | None:
    """The department, if any, is an open one of that unit."""
    department = command.department_id
    if department is None or facts.departments.get(department) == command.unit_id:
        return None
    return DEPARTMENT_FOREIGN


def name_matches_number(
    command: RegisterOneself | EnrolPerson, _state: Person, facts: IdentityFacts
) -> Rule | None:
    """One number, one name."""
    owner = facts.owners.get(command.personal.digest)
    if owner is None or owner.name_digest == command.personal.name_digest:
        return None
    return NUMBER_OF_ANOTHER_NAME


def number_free(command: RegisterOneself, state: Person, facts: IdentityFacts) -> Rule | None:
    """Nobody has registered with it."""
    taken = command.personal.digest in facts.owners or state.id is not None
    return NUMBER_REGISTERED if taken else None


def not_placed_yet(command: EnrolPerson, state: Person, facts: IdentityFacts) -> Rule | None:
    """Who has a unit is not entered by another, nor twice."""
    owner = facts.owners.get(command.personal.digest)
    unit_id = state.placement.unit_id if state.placement else owner and owner.unit_id
    if unit_id is not None:
        return ENTERED_ALREADY if unit_id == command.unit_id else ELSEWHERE
    return None if owner is None or owner.person_id == command.person_id else ELSEWHERE


def by_managers(
    command: ConfirmMembership | DeclineMembership, _state: Person, _facts: IdentityFacts
) -> Rule | None:
    """The general admin or the unit account."""
    may = command.envelope.actor.role in authority.MANAGERS
    return None if may else for_these(NOT_YOUR_TASK, authority.MANAGERS)


def pending(
    _command: ConfirmMembership | DeclineMembership, state: Person, _facts: IdentityFacts
) -> Rule | None:
    """There is something to confirm."""
    return None if state.membership is Membership.PENDING else NOT_PENDING


def by_oneself(command: Transfer, state: Person, _facts: IdentityFacts) -> Rule | None:
    """如单位有变动，请先在【我的信息】处，更改所在单位信息: the person alone."""
    actor = command.envelope.actor
    as_oneself = actor.role in authority.ONESELF and actor.id == state.id
    mine = as_oneself and state.placement is not None
    return None if mine else NOT_YOUR_TASK.remedied(BY_ONESELF)


def another_unit(command: Transfer, state: Person, _facts: IdentityFacts) -> Rule | None:
    """To where the person is already, only again after having been declined."""
    same = state.placement is not None and state.placement.unit_id == command.unit_id
    return SAME_UNIT if same and state.membership is not Membership.DECLINED else None


def may_assign(command: AssignDepartment, state: Person, _facts: IdentityFacts) -> Rule | None:
    """总管理员分配, or 本人在【我的信息--所属部门】自行修改; and the platform, when one closes."""
    actor = command.envelope.actor
    if actor.role is Role.SERVICE:
        return None
    if actor.role not in authority.ASSIGNS:
        return for_these(NOT_YOUR_TASK, authority.ASSIGNS)
    return in_scope(command, state, _facts)


def member(_command: AssignDepartment, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Only a confirmed member has a department."""
    return None if state.membership is Membership.MEMBER else NOT_A_MEMBER


def department_own(command: AssignDepartment, state: Person, facts: IdentityFacts) -> Rule | None:
    """The department is an open one of the person's unit."""
    department = command.department_id
    unit = state.placement and state.placement.unit_id
    if department is None or facts.departments.get(department) == unit:
        return None
    return DEPARTMENT_FOREIGN


ON_REGISTER = (unit_known, department_of_unit, name_matches_number, number_free)


ON_ENROL = (
    not_erased,
    own_unit_enrols,
    unit_known,
    department_of_unit,
    name_matches_number,
    not_placed_yet,
)


ON_ANSWER = (by_managers, in_scope, not_erased, not_oneself, pending)


ON_TRANSFER = (not_erased, by_oneself, unit_known, department_of_unit, another_unit)


ON_ASSIGN = (may_assign, not_erased, member, department_own)
