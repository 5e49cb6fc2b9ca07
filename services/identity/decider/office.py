"""The three offices (三员), as far as their one-time codes go; their holders are people."""

from collections.abc import Sequence

from libs.decider import Decider, keep
from services.identity.commands import IssueCode
from services.identity.decider.account import AccountEvent, evolve, issued
from services.identity.rules import codes
from services.identity.state import Account, IdentityFacts


def decide(command: IssueCode, state: Account, facts: IdentityFacts) -> Sequence[AccountEvent]:
    """A code for the next holder; set-up makes the very first, and only that."""
    if command.first and state.coded:
        return []
    keep(codes.ON_OFFICE_CODE, command, state, facts)
    return issued(command, state, facts, by="office")


OFFICE = Decider(Account, decide, evolve)
