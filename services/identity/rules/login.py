"""Why a person may not log in in the role chosen."""

from libs.decider import Rule
from libs.events.envelope import Role
from services.identity.commands import StartSession
from services.identity.rules.account import LOCKED, LOGIN_NOT_ALLOWED, LOGIN_WRONG, ROLE_NOT_HELD
from services.identity.state import IdentityFacts, Person, Unit
from services.identity.state.person import Held


def unlocked(command: StartSession, state: Person | Unit, _facts: IdentityFacts) -> Rule | None:
    """Not while the account is locked, also with the right password."""
    return LOCKED if state.account.locked(command.envelope.at) else None


def activated(_command: StartSession, state: Person | Unit, _facts: IdentityFacts) -> Rule | None:
    """There is a password that the holder has set."""
    return None if state.account.activated else LOGIN_WRONG


def password_holds(
    command: StartSession, _state: Person | Unit, facts: IdentityFacts
) -> Rule | None:
    """It is still the one that was found right: since then it may have been changed, which ended
    every session but the one that begins now."""
    holds = facts.hashes.get(command.account_id) == command.password_hash
    return None if holds else LOGIN_WRONG


def holds_the_role(command: StartSession, state: Person, _facts: IdentityFacts) -> Rule | None:
    """A learner is registered; every other role was given and still stands."""
    if command.role is Role.LEARNER:
        return None if state.placement is not None and not state.erased else ROLE_NOT_HELD
    return None if chosen(command, state) is not None else ROLE_NOT_HELD


def login_allowed(command: StartSession, state: Person, _facts: IdentityFacts) -> Rule | None:
    """允许登录系统 is ticked, where a unit ticks it."""
    held = chosen(command, state)
    if held is None or held[0] is None or held[0] in state.allowed:
        return None
    return LOGIN_NOT_ALLOWED


def unit_account_only(command: StartSession, _state: Unit, _facts: IdentityFacts) -> Rule | None:
    """The unit itself has one role."""
    return None if command.role is Role.UNIT_ACCOUNT else ROLE_NOT_HELD


def chosen(command: StartSession, state: Person) -> Held | None:
    """The role held that the login means."""
    for unit_id, role in state.standing:
        if role is command.role and command.unit_id in (None, unit_id):
            return unit_id, role
    return None


ON_PERSON_LOGIN = (unlocked, activated, password_holds, holds_the_role, login_allowed)
ON_UNIT_LOGIN = (unlocked, activated, password_holds, unit_account_only)
