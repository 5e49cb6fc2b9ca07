"""Who asks: within scope, not for oneself, about somebody who is known."""

from libs.decider import Rule
from services.identity.commands import PersonCommand
from services.identity.rules import authority
from services.identity.rules.person.reasons import GONE, NOT_ONESELF, NOT_YOURS
from services.identity.state import IdentityFacts, Person


def not_erased(_command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Who was forgotten stays forgotten."""
    return GONE if state.erased else None


def known(_command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """There is such a person."""
    return NOT_YOURS if state.id is None else None


def in_scope(command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """The person is within the actor's scope."""
    return None if authority.sees(command.envelope.actor, state) else NOT_YOURS


def not_oneself(command: PersonCommand, state: Person, _facts: IdentityFacts) -> Rule | None:
    """Not for oneself."""
    return NOT_ONESELF if command.envelope.actor.id == state.id else None
