"""Who may make a one-time code for whom: the chain of resets."""

from uuid import NAMESPACE_URL, UUID, uuid5

from libs.decider import Kind, Rule, conventions
from libs.events.envelope import Role
from libs.events.identity import UnitKind, Way
from libs.events.roles import for_these
from services.identity.commands import IssueCode
from services.identity.rules import authority
from services.identity.rules.person import (
    ADMIN_BY_OTHERS,
    GONE,
    NOT_ONESELF,
    NOT_YOUR_TASK,
    NOT_YOURS,
)
from services.identity.rules.unit import UNIT_NOT_IN_SCOPE, supervises
from services.identity.state import Account, IdentityFacts, Person, Unit

LETTER_WANTED = Rule(
    "letter-wanted",
    "重置单位账号须有加盖公章的公函",
    conventions.SIGN_IN,
    "请填写公函文号和日期",
    Kind.INVALID,
    "letter",
)
NO_OWN_CODE = Rule(
    "admin-reset-by-unit-account",
    "管理员忘记密码由单位账号重置，不用手机验证码",
    conventions.SIGN_IN,
    "请联系本单位的单位账号",
    Kind.FORBIDDEN,
)
OFFICE_HELD = Rule(
    "office-held",
    "该管理员尚在任",
    conventions.PEOPLE,
    "请先办理卸任，再为继任者发放激活码",
)


def may_ask(command: IssueCode, _state: Person, _facts: IdentityFacts) -> Rule | None:
    """Not for oneself, and in a role that hands codes over: said whoever it is about."""
    actor = command.envelope.actor
    if command.way is Way.MOBILE:
        return None
    if actor.id == command.account_id:
        return NOT_ONESELF
    may = actor.role in authority.STAFF
    return None if may else for_these(NOT_YOUR_TASK, authority.STAFF)


def known_person(command: IssueCode, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such a person."""
    if command.way is not Way.MOBILE and not authority.sees(command.envelope.actor, state):
        return NOT_YOURS
    if state.erased:
        return GONE
    return NOT_YOURS if state.id is None else None


def for_a_person(command: IssueCode, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Learner: to the own mobile or by the unit; admin: by the unit account; the three: no one.

    An administrator of the three who forgot leaves, and takes office again by a new code.
    """
    actor = command.envelope.actor
    if command.way is Way.MOBILE:
        own = actor.role is Role.LEARNER
        return NO_OWN_CODE if state.standing or not own else None
    if state.standing and actor.role is not Role.UNIT_ACCOUNT:
        return ADMIN_BY_OTHERS
    return None


def for_a_unit(command: IssueCode, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """The supervising bureau or the province; the province bureau's own, the security admin."""
    if command.way is not Way.HANDED:
        return NOT_YOUR_TASK
    actor = command.envelope.actor
    unit = state.registered
    if unit is None:
        return UNIT_NOT_IN_SCOPE
    if unit.kind is UnitKind.PROVINCE_BUREAU:
        if actor.role is Role.SECURITY_ADMIN:
            return None
        own = actor.role is Role.PROVINCE_BUREAU or actor.unit_id == unit.unit_id
        return for_these(NOT_YOUR_TASK, {Role.SECURITY_ADMIN}) if own else UNIT_NOT_IN_SCOPE
    return None if supervises(actor, state) else UNIT_NOT_IN_SCOPE


def letter_given(command: IssueCode, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """An account that works is reset on a stamped letter."""
    return LETTER_WANTED if state.account.activated and not command.letter else None


def for_an_office(command: IssueCode, _state: Account, facts: IdentityFacts) -> Rule | None:
    """By the office that gives this one codes, once it is vacant; the first by set-up."""
    actor = command.envelope.actor
    roles = {office_id(role): role for role in authority.OFFICES}
    role = roles.get(command.account_id)
    if role is None or command.way is not Way.HANDED:
        return NOT_YOUR_TASK.remedied("只有三员凭激活码就任，请核对登录身份的代码")
    first = command.first and actor.role is Role.SERVICE
    giver = authority.GIVES_CODE_TO[role]
    if not first and actor.role is not giver:
        return for_these(NOT_YOUR_TASK, {giver})
    return OFFICE_HELD if role in facts.holders else None


def office_id(role: Role) -> UUID:
    """The id of an office of the three, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"urn:jixu:office:{role.value}")


ON_OFFICE_CODE = (for_an_office,)
ON_PERSON_CODE = (may_ask, known_person, for_a_person)
ON_UNIT_CODE = (for_a_unit, letter_given)
