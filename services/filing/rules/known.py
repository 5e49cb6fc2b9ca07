"""Before anything else: is the filing there, is the unit known, is the year's law published?"""

from libs.decider import Refused, Rule, refusals
from libs.events.filing import FilingSubmitted
from libs.policy import NO_PACK, Law
from services.filing.commands import FilingCommand, SubmitFiling
from services.filing.state.filing import Filing
from services.filing.state.known import FilingFacts, Unit

_NO_PACK = NO_PACK.on("ends").because("以培训结束时间所在年度为准")


def unit_is_known(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """A unit that identity has not told of yet may still be on the way."""
    if command.envelope.actor.unit_id in facts.units:
        return None
    return refusals.unless_on_its_way(refusals.NOT_FOUND, command.envelope.at, facts.heard)


def year_has_a_law(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """A class belongs to the year of its end; some notice on filing holds in that year."""
    if facts.about_filing(unit_of(command, facts).jurisdiction, command.form.ends.day.year):
        return None
    return refusals.unless_on_its_way(_NO_PACK, command.envelope.at, facts.heard)


def is_filed(_command: FilingCommand, state: Filing, _facts: FilingFacts) -> Rule | None:
    """There is such a filing."""
    return None if state.submitted is not None else refusals.NOT_FOUND


def unit_of(command: FilingCommand, facts: FilingFacts) -> Unit:
    """The unit for which the actor acts. Refused where `unit_is_known` would have been."""
    actor = command.envelope.actor
    unit = facts.units.get(actor.unit_id) if actor.unit_id else None
    if unit is None:
        raise Refused(refusals.NOT_FOUND)
    return unit


def law_for(command: SubmitFiling, facts: FilingFacts) -> Law:
    """The law on its filing. Refused where `year_has_a_law` would have been."""
    law = facts.about_filing(unit_of(command, facts).jurisdiction, command.form.ends.day.year)
    if law is None:
        raise Refused(_NO_PACK)
    return law


def submitted_of(state: Filing) -> FilingSubmitted:
    """What was filed. Refused: NOT_FOUND."""
    if state.submitted is None:
        raise Refused(refusals.NOT_FOUND)
    return state.submitted


def law_of(state: Filing, facts: FilingFacts) -> Law:
    """The law under which the class was filed, as it reads now."""
    law = facts.by_pack(submitted_of(state).pack.pack)
    if law is None:
        raise Refused(refusals.BEHIND)
    if not law.pack.says("filing"):
        raise Refused(_NO_PACK)
    return law


def law_of_its_year(state: Filing, facts: FilingFacts) -> Law | None:
    """The law by which the class's hours are recognised, once its year's pack is published."""
    return facts.of_its_year(law_of(state, facts).pack.id, submitted_of(state).year)
