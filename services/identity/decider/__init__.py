"""Decisions of identity: one decider a kind of stream."""

from services.identity.decider.office import OFFICE
from services.identity.decider.person import PERSON
from services.identity.decider.unit import UNIT

__all__ = ["OFFICE", "PERSON", "UNIT"]
