"""Before anything else: is the person known here, and is the year's law published?"""

from uuid import UUID

from libs.decider import Kind, Refused, Rule, conventions, refusals
from libs.policy import NO_PACK, Law
from services.hours.commands import YearCommand
from services.hours.state.known import HoursFacts, Place
from services.hours.state.year import Claim, PersonYear

NO_PERSON = refusals.NOT_FOUND
NO_CLAIM = Rule(
    "no-such-claim",
    "没有此条学时登记",
    conventions.CLAIMS,
    "请在学时登记中核对",
    Kind.UNKNOWN,
)


def person_is_known(command: YearCommand, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """A person whom identity has not told of yet may still be on the way."""
    if command.person_id in facts.people:
        return None
    return refusals.unless_on_its_way(NO_PERSON, command.envelope.at, facts.heard)


def year_has_a_law(command: YearCommand, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """A pack that policy has not told of yet may still be on the way."""
    law = facts.law(command.person_id, command.year)
    if law is not None and law.pack.says("hours"):
        return None
    return refusals.unless_on_its_way(NO_PACK, command.envelope.at, facts.heard)


def law_of(command: YearCommand, facts: HoursFacts) -> Law:
    """The year's law. Refused where KNOWN would have been."""
    law = facts.law(command.person_id, command.year)
    if law is None:
        raise Refused(NO_PACK)
    return law


def place_of(command: YearCommand, facts: HoursFacts) -> Place:
    """Where the person belongs. Refused where KNOWN would have been."""
    place = facts.people.get(command.person_id)
    if place is None:
        raise Refused(NO_PERSON)
    return place


def named(unit_id: UUID | None, facts: HoursFacts) -> str:
    """A unit in a sentence: 单位“…”, or no more than 单位."""
    unit = facts.units.get(unit_id) if unit_id else None
    return f"单位“{unit.name}”" if unit and unit.name else "单位"


def claim_of(command: YearCommand, state: PersonYear) -> Claim:
    """The claim that a command is about. Refused: NO_CLAIM."""
    claim = state.claims.get(command.resource)
    if claim is None:
        raise Refused(NO_CLAIM)
    return claim
