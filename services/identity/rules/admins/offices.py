"""Why one of the three offices is not taken or left."""

from libs.decider import Rule
from libs.events.identity import Way
from libs.events.roles import OFFICIAL
from services.identity.commands import LeaveOffice, TakeOffice
from services.identity.rules import authority
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.admins.appointing import is_known
from services.identity.rules.admins.reasons import NOT_APPOINTED, ONE_OF_THREE
from services.identity.rules.person import (
    NOT_YOUR_TASK,
    NUMBER_OF_ANOTHER_NAME,
    REGISTERED_MEANWHILE,
)
from services.identity.state import IdentityFacts, Person


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
        return None if state.id is None else REGISTERED_MEANWHILE
    if owner.name_digest != command.personal.name_digest:
        return NUMBER_OF_ANOTHER_NAME
    return None if owner.person_id == command.person_id else REGISTERED_MEANWHILE


def may_end_office(command: LeaveOffice, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The holder, or the office that gives this one's next holder a code."""
    actor = command.envelope.actor
    if actor.id == state.id and actor.role is command.role:
        return None
    giver = authority.GIVES_CODE_TO.get(command.role)
    if giver is None or actor.role is giver:
        return None  # of what is no office, the next rule says so
    return NOT_YOUR_TASK.remedied(f"请由现任{OFFICIAL[command.role]}本人或{OFFICIAL[giver]}办理")


def holds_office(command: LeaveOffice, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is something to leave."""
    return None if (None, command.role) in state.standing else NOT_APPOINTED


ON_TAKE_OFFICE = (code_good, one_of_three, office_vacant, same_person)


ON_LEAVE_OFFICE = (is_known, may_end_office, holds_office)
