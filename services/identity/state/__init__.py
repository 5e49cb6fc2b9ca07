"""What is known: of one person, one unit, one account, and the facts beside them."""

from services.identity.state.account import Account, Session
from services.identity.state.facts import IdentityFacts, Owner, Pending, UnitFacts
from services.identity.state.person import Membership, Office, Person
from services.identity.state.unit import Unit

__all__ = [
    "Account",
    "IdentityFacts",
    "Membership",
    "Office",
    "Owner",
    "Pending",
    "Person",
    "Session",
    "Unit",
    "UnitFacts",
]
