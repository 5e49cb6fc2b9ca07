"""Why what is known of somebody is not changed, corrected or erased."""

from libs.decider import Rule
from libs.events.envelope import Role
from libs.events.roles import for_these
from services.identity.commands import ChangeDetails, CorrectIdentity, ErasePerson
from services.identity.rules import authority
from services.identity.rules.person.asking import in_scope, known, not_erased, not_oneself
from services.identity.rules.person.reasons import (
    ADMIN_BY_OTHERS,
    NOT_YOUR_TASK,
    NOTHING_CHANGES,
    TAKEN_BY_ANOTHER,
)
from services.identity.state import IdentityFacts, Person

MAY_CHANGE = authority.STAFF
"""Who changes another's details."""
MAY_CORRECT = authority.MANAGERS | authority.BUREAUS
"""Who corrects name or number on proof."""


def may_change(command: ChangeDetails, state: Person, facts: IdentityFacts) -> Rule | None:
    """The person, or an admin in scope; an admin's own details, the admin alone."""
    actor = command.envelope.actor
    if actor.id == state.id:
        return None
    if actor.role not in MAY_CHANGE:
        return for_these(NOT_YOUR_TASK, MAY_CHANGE)
    return in_scope(command, state, facts) or (ADMIN_BY_OTHERS if state.standing else None)


def something_changes(
    command: ChangeDetails | CorrectIdentity, _state: Person, _facts: IdentityFacts
) -> Rule | None:
    """What is said differs from what is known."""
    return None if command.fields else NOTHING_CHANGES


def may_correct(command: CorrectIdentity, state: Person, facts: IdentityFacts) -> Rule | None:
    """The unit or a bureau in scope; an admin's, the unit account or a bureau."""
    role = command.envelope.actor.role
    if role not in MAY_CORRECT:
        return for_these(NOT_YOUR_TASK, MAY_CORRECT)
    if foreign := in_scope(command, state, facts):
        return foreign
    return ADMIN_BY_OTHERS if state.standing and role is Role.UNIT_ADMIN else None


def number_still_free(command: CorrectIdentity, state: Person, facts: IdentityFacts) -> Rule | None:
    """The right number is nobody else's."""
    owner = facts.owners.get(command.personal.digest)
    return None if owner is None or owner.person_id == state.id else TAKEN_BY_ANOTHER


def by_province(command: ErasePerson, _state: Person, _facts: IdentityFacts) -> Rule | None:
    """The province bureau decides that a person is forgotten."""
    may = command.envelope.actor.role in authority.PROVINCE
    return None if may else for_these(NOT_YOUR_TASK, authority.PROVINCE)


ON_DETAILS = (may_change, known, not_erased, something_changes)


ON_CORRECT = (may_correct, not_erased, not_oneself, something_changes, number_still_free)


ON_ERASE = (by_province, known, not_oneself)
