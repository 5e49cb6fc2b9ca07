"""Why a command about a person is refused."""

from libs.decider import Kind, Rule
from libs.events.envelope import Role
from services.identity.commands import (
    AssignDepartment,
    ChangeDetails,
    ConfirmMembership,
    CorrectIdentity,
    DeclineMembership,
    EnrolPerson,
    ErasePerson,
    PersonCommand,
    RegisterOneself,
    Transfer,
)
from services.identity.rules import authority, sources
from services.identity.state import IdentityFacts, Membership, Person

NOT_YOURS = Rule(
    "person-not-in-scope",
    "没有此人员，或不在您的管理范围内",
    sources.CHOICE,
    "请核对人员；二级管理员仅能管理本部门人员",
    Kind.UNKNOWN,
)
NOT_YOUR_TASK = Rule(
    "not-your-task",
    "当前登录身份无权办理此事项",
    sources.ADMINS,
    "请由单位总管理员、单位账号或主管部门按职责办理",
    Kind.FORBIDDEN,
)
NOT_ONESELF = Rule(
    "not-for-oneself",
    "不得为本人办理此事项",
    sources.ACCOUNTS,
    "请由他人按职责办理",
    Kind.FORBIDDEN,
)
UNIT_UNKNOWN = Rule(
    "unit-unknown",
    "没有此单位",
    sources.REGISTRATION,
    "请按名称重新查询单位；尚未注册的单位请联系其主管人社部门",
    Kind.INVALID,
    "unit_id",
)
DEPARTMENT_FOREIGN = Rule(
    "department-of-another-unit",
    "该部门不存在、已撤销，或不属于该单位",
    sources.DEPARTMENTS,
    "请选择本单位现有部门，或不选部门",
    Kind.INVALID,
    "department_id",
)
NUMBER_REGISTERED = Rule(
    "number-registered",
    "该证件号码已注册",
    sources.REGISTRATION,
    "请直接登录；忘记密码请按规定重置；单位有变动请在“我的信息”中更改",
    Kind.CONFLICT,
    "number",
)
NUMBER_OF_ANOTHER_NAME = Rule(
    "number-of-another-name",
    "该证件号码已以另一姓名登记：或证件号码填写有误，或姓名填写有误（含更名）",
    sources.REGISTRATION,
    "请核对证件号码和姓名；确为更名或原登记有误的，请持证明由单位或主管人社部门更正",
    Kind.CONFLICT,
    "number",
)
ELSEWHERE = Rule(
    "member-of-another-unit",
    "该人员已登记在其他单位",
    sources.OWN_UNIT,
    "请本人登录后在“我的信息”中更改所在单位，再由新单位确认",
    Kind.CONFLICT,
    "number",
)
NOT_PENDING = Rule(
    "membership-not-pending",
    "该人员没有待确认的所属单位",
    sources.OWN_UNIT,
    "无需再次确认",
)
NOT_A_MEMBER = Rule(
    "not-a-confirmed-member",
    "该人员的所属单位尚未确认",
    sources.OWN_UNIT,
    "请先由单位确认",
)
SAME_UNIT = Rule(
    "same-unit",
    "所选单位就是现在的单位",
    sources.OWN_UNIT,
    "无需更改",
    Kind.CONFLICT,
    "unit_id",
)
ADMIN_BY_OTHERS = Rule(
    "admin-handled-above",
    "该人员是管理员，须由单位账号或主管人社部门办理",
    sources.ACCOUNTS,
    "请登录单位账号办理",
    Kind.FORBIDDEN,
)
NOTHING_CHANGES = Rule(
    "nothing-to-change",
    "没有可更改的内容",
    sources.REGISTRATION,
    "请填写新的手机号码、邮箱、姓名或证件号码",
    Kind.INVALID,
)
GONE = Rule(
    "person-erased",
    "该人员信息已删除",
    sources.ERASURE,
    "无法再办理",
    Kind.UNKNOWN,
)


Placed = RegisterOneself | EnrolPerson | Transfer


def not_erased(_command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Who was forgotten stays forgotten."""
    return GONE if state.erased else None


def own_unit_enrols(command: EnrolPerson, _state: Person, _facts: IdentityFacts) -> Rule | None:
    """A unit enters its own people, by its account or its general admin."""
    actor = command.envelope.actor
    mine = actor.role in authority.MANAGERS and actor.unit_id == command.unit_id
    return None if mine else NOT_YOUR_TASK


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
        return NUMBER_REGISTERED if unit_id == command.unit_id else ELSEWHERE
    return None if owner is None or owner.person_id == command.person_id else ELSEWHERE


def in_scope(command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The person is within the actor's scope."""
    return None if authority.sees(command.envelope.actor, state) else NOT_YOURS


def by_managers(
    command: ConfirmMembership | DeclineMembership, _state: Person, _facts: IdentityFacts
) -> Rule | None:
    """The general admin or the unit account."""
    return None if command.envelope.actor.role in authority.MANAGERS else NOT_YOUR_TASK


def pending(
    _command: ConfirmMembership | DeclineMembership, state: Person, _facts: IdentityFacts
) -> Rule | None:
    """There is something to confirm."""
    return None if state.membership is Membership.PENDING else NOT_PENDING


def not_oneself(command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Not for oneself."""
    return NOT_ONESELF if command.envelope.actor.id == state.id else None


def by_oneself(command: Transfer, state: Person, _facts: IdentityFacts) -> Rule | None:
    """如单位有变动，请先在【我的信息】处，更改所在单位信息: the person alone."""
    actor = command.envelope.actor
    mine = actor.role is Role.LEARNER and actor.id == state.id and state.placement is not None
    return None if mine else NOT_YOUR_TASK


def another_unit(command: Transfer, state: Person, _facts: IdentityFacts) -> Rule | None:
    """To where the person is already, only again after having been declined."""
    same = state.placement is not None and state.placement.unit_id == command.unit_id
    return SAME_UNIT if same and state.membership is not Membership.DECLINED else None


def may_assign(command: AssignDepartment, state: Person, _facts: IdentityFacts) -> Rule | None:
    """总管理员分配, or 本人在【我的信息--所属部门】自行修改; and the platform, when one closes."""
    actor = command.envelope.actor
    if actor.role is Role.SERVICE:
        return None
    if actor.role not in (*authority.MANAGERS, Role.LEARNER):
        return NOT_YOUR_TASK
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


def may_change(command: ChangeDetails, state: Person, facts: IdentityFacts) -> Rule | None:
    """The person, or an admin in scope; an admin's own details, the admin alone."""
    actor = command.envelope.actor
    if actor.id == state.id:
        return None
    if actor.role not in authority.STAFF:
        return NOT_YOUR_TASK
    return in_scope(command, state, facts) or (ADMIN_BY_OTHERS if state.standing else None)


def something_changes(
    command: ChangeDetails | CorrectIdentity, _state: Person, _facts: IdentityFacts
) -> Rule | None:
    """What is said differs from what is known."""
    return None if command.fields else NOTHING_CHANGES


def may_correct(command: CorrectIdentity, state: Person, facts: IdentityFacts) -> Rule | None:
    """The unit or a bureau in scope; an admin's, the unit account or a bureau."""
    role = command.envelope.actor.role
    if role not in authority.MANAGERS | authority.BUREAUS:
        return NOT_YOUR_TASK
    if state.standing and role is Role.UNIT_ADMIN:
        return ADMIN_BY_OTHERS
    return in_scope(command, state, facts)


def number_still_free(command: CorrectIdentity, state: Person, facts: IdentityFacts) -> Rule | None:
    """The right number is nobody else's."""
    owner = facts.owners.get(command.personal.digest)
    return None if owner is None or owner.person_id == state.id else NUMBER_REGISTERED


def by_province(command: ErasePerson, _state: Person, _facts: IdentityFacts) -> Rule | None:
    """The province bureau decides that a person is forgotten."""
    role = command.envelope.actor.role
    return None if role is Role.PROVINCE_BUREAU else NOT_YOUR_TASK


def known(_command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such a person."""
    return NOT_YOURS if state.id is None else None


ON_REGISTER = (unit_known, department_of_unit, name_matches_number, number_free)
ON_ENROL = (
    not_erased,
    own_unit_enrols,
    unit_known,
    department_of_unit,
    name_matches_number,
    not_placed_yet,
)
ON_ANSWER = (not_erased, in_scope, by_managers, not_oneself, pending)
ON_TRANSFER = (not_erased, by_oneself, unit_known, department_of_unit, another_unit)
ON_ASSIGN = (not_erased, may_assign, member, department_own)
ON_DETAILS = (not_erased, known, may_change, something_changes)
ON_CORRECT = (not_erased, known, may_correct, not_oneself, something_changes, number_still_free)
ON_ERASE = (known, by_province, not_oneself)
