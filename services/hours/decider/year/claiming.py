"""What who registered a claim does with it: registered, amended, submitted, withdrawn, deleted."""

from typing import Any

from libs.decider import keep
from libs.events import hours as events
from libs.events.hours import RevokedFor
from services.hours.commands import AmendClaim, ClaimHours, DeleteClaim, SubmitClaim
from services.hours.rules import activity, actors, deadlines, sameness, states
from services.hours.rules.known import claim_of, law_of, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import ClaimState, PersonYear, YearEvent

ON_CLAIM = (
    *actors.ASKED,
    *activity.ON_REGISTERING,
)
ON_AMEND = (
    *actors.ASKED,
    states.is_there,
    actors.may_handle,
    states.is_at_home,
    *activity.ON_REGISTERING,
    deadlines.stays_the_same_activity,
)
ON_SUBMIT = (
    *actors.ASKED,
    states.is_there,
    actors.may_handle,
    states.is_draft,
    deadlines.in_the_window,
    activity.evidence_is_there,
    states.goes_to_an_auditor,
)
ON_WITHDRAW = (
    *actors.ASKED,
    states.is_there,
    actors.may_handle,
    states.is_submitted,
)
ON_DELETE = (
    *actors.ASKED,
    states.is_there,
    actors.may_delete,
    states.may_be_deleted_by_its_registrar,
    deadlines.takes_nobodys_place,
)


def about(command: Any) -> dict[str, Any]:
    """Whose claim of which year a command is about."""
    return {
        "person_id": command.person_id,
        "year": command.year,
        "claim_id": command.claim_id,
    }


def claimed(command: ClaimHours, state: PersonYear, facts: HoursFacts) -> YearEvent:
    """学时登记: 申请学时 is prefilled where it is left out, and judged like any other."""
    keep(actors.ASKED, command, state, facts)
    said = activity.prefilled(command, facts)
    keep(ON_CLAIM, command.model_copy(update={"activity": said}), state, facts)
    return events.HoursClaimed(
        **about(command),
        activity=said,
        registered_by=command.registered_by,
        unit_id=place_of(command, facts).unit_id,
        pack=law_of(command, facts).version,
    )


def amended(command: AmendClaim, state: PersonYear, facts: HoursFacts) -> YearEvent:
    """The same, of what is registered already."""
    keep(actors.ASKED, command, state, facts)
    said = activity.prefilled(command, facts)
    keep(ON_AMEND, command.model_copy(update={"activity": said}), state, facts)
    return events.ClaimAmended(
        **about(command),
        activity=said,
        pack=law_of(command, facts).version,
        late=deadlines.is_over(command, facts),
    )


def submitted(command: SubmitClaim, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """提交审核; what may be the same activity is held."""
    to = command.to_unit_id or place_of(command, facts).unit_id
    found: list[YearEvent] = [events.ClaimSubmitted(**about(command), to_unit_id=to)]
    if (twin := sameness.twin_of(claim_of(command, state), state)) is not None:
        found.append(events.ClaimHeld(**about(command), same_as=twin))
    return found


def deleted(command: DeleteClaim, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """What was recognised leaves the ledger in the same append."""
    keep(ON_DELETE, command, state, facts)
    found: list[YearEvent] = [events.ClaimDeleted(**about(command))]
    if claim_of(command, state).state is ClaimState.PASSED:
        found.append(
            events.HoursRevoked(
                person_id=command.person_id,
                year=command.year,
                entry_id=command.claim_id,
                cause=RevokedFor.DELETED,
                by_unit_id=command.envelope.actor.unit_id,
            )
        )
    return found
