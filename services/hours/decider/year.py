"""The decisions about one person's year."""

from collections.abc import Sequence
from typing import Any, assert_never

from libs.decider import Decider, keep
from libs.events import hours as events
from libs.events.hours import HoursRecognised, RevokedFor, SourceKind
from services.hours.commands import (
    AmendClaim,
    ClaimHours,
    ClaimsCommand,
    CreditClass,
    CreditCourse,
    CreditEntry,
    DeleteClaim,
    FailAudit,
    PassAudit,
    ReturnClaim,
    RevokeEntry,
    SubmitClaim,
    WithdrawClaim,
)
from services.hours.rules import activity, actors, auditing, known, sameness, states
from services.hours.rules.known import claim_of, law_of, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PENDING, ClaimState, PersonYear, YearEvent, evolve

ON_CLAIM = (
    *known.KNOWN,
    actors.nobody_for_oneself,
    actors.may_register,
    *activity.ON_REGISTERING,
)
ON_AMEND = (
    *known.KNOWN,
    actors.nobody_for_oneself,
    actors.may_handle,
    states.is_at_home,
    *activity.ON_REGISTERING,
)
ON_SUBMIT = (
    *known.KNOWN,
    actors.nobody_for_oneself,
    actors.may_handle,
    states.is_draft,
    activity.in_the_window,
    states.goes_to_an_auditor,
)
ON_WITHDRAW = (
    *known.KNOWN,
    actors.nobody_for_oneself,
    actors.may_handle,
    states.is_submitted,
)
ON_DELETE = (
    *known.KNOWN,
    actors.nobody_for_oneself,
    states.is_there,
    actors.may_delete,
    states.may_be_deleted_by_its_registrar,
)
ON_AUDIT = (*known.KNOWN, actors.nobody_for_oneself, actors.may_audit, states.is_pending)
ON_PASS = (
    *ON_AUDIT,
    auditing.nothing_counts_twice,
    auditing.recognised_is_possible,
    auditing.audit_is_in_time,
)
ON_FAIL = (*ON_AUDIT, auditing.opinion_is_given)


def decide(command: ClaimsCommand, state: PersonYear, facts: HoursFacts) -> Sequence[YearEvent]:
    """What happens. Refused by the first rule that is broken."""
    match command:
        case ClaimHours():
            if command.claim_id in state.claims:
                return []
            keep(ON_CLAIM, command, state, facts)
            return [_claimed(command, facts)]
        case AmendClaim():
            keep(ON_AMEND, command, state, facts)
            law = law_of(command, facts)
            return [
                events.ClaimAmended(**_about(command), activity=command.activity, pack=law.version)
            ]
        case SubmitClaim():
            keep(ON_SUBMIT, command, state, facts)
            return _submitted(command, state, facts)
        case WithdrawClaim():
            keep(ON_WITHDRAW, command, state, facts)
            return [events.ClaimWithdrawn(**_about(command))]
        case ReturnClaim():
            pending = claim_of(command, state).state in PENDING
            return [events.ClaimWithdrawn(**_about(command))] if pending else []
        case DeleteClaim():
            return _deleted(command, state, facts)
        case PassAudit():
            keep(ON_PASS, command, state, facts)
            return _passed(command, state, facts)
        case FailAudit():
            keep(ON_FAIL, command, state, facts)
            return [
                events.AuditFailed(
                    **_about(command),
                    stage=claim_of(command, state).stage + 1,
                    by_unit_id=_unit_of(command),
                    opinion_digest=command.opinion_digest,
                )
            ]
        case CreditCourse():
            return _credited(command, state, SourceKind.COURSE)
        case CreditClass():
            if command.entry_id not in state.entries and command.entry_id not in state.revoked:
                keep((sameness.not_credited_already,), command, state, facts)
            return _credited(command, state, SourceKind.CLASS)
        case RevokeEntry():
            return _revoked(command, state)
        case _:
            assert_never(command)


def _about(command: Any) -> dict[str, Any]:
    return {
        "person_id": command.person_id,
        "year": command.year,
        "claim_id": command.claim_id,
    }


def _unit_of(command: Any) -> Any:
    """The unit for which the auditor acts."""
    return command.envelope.actor.unit_id


def _claimed(command: ClaimHours, facts: HoursFacts) -> YearEvent:
    return events.HoursClaimed(
        **_about(command),
        activity=command.activity,
        registered_by=command.registered_by,
        unit_id=place_of(command, facts).unit_id,
        pack=law_of(command, facts).version,
    )


def _submitted(command: SubmitClaim, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    to = command.to_unit_id or place_of(command, facts).unit_id
    found: list[YearEvent] = [events.ClaimSubmitted(**_about(command), to_unit_id=to)]
    if (twin := sameness.twin_of(claim_of(command, state), state)) is not None:
        found.append(events.ClaimHeld(**_about(command), same_as=twin))
    return found


def _deleted(command: DeleteClaim, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """What was recognised leaves the ledger in the same append."""
    keep(ON_DELETE, command, state, facts)
    found: list[YearEvent] = [events.ClaimDeleted(**_about(command))]
    if claim_of(command, state).state is ClaimState.PASSED:
        found.append(
            events.HoursRevoked(
                person_id=command.person_id,
                year=command.year,
                entry_id=command.claim_id,
                cause=RevokedFor.DELETED,
                by_unit_id=_unit_of(command),
            )
        )
    return found


def _passed(command: PassAudit, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """The last stage recognises the hours in the same append."""
    claim, law = claim_of(command, state), law_of(command, facts)
    stage = claim.stage + 1
    passed = events.AuditPassed(
        **_about(command),
        stage=stage,
        by_unit_id=_unit_of(command),
        late=auditing.is_late(command, facts),
    )
    if stage < len(law.pack.hours.stages.value):
        return [passed]
    said = claim.activity
    recognised = HoursRecognised(
        person_id=command.person_id,
        year=command.year,
        entry_id=claim.id,
        category=said.category,
        rule=said.rule,
        asked=said.hours,
        recognised=command.hours or said.hours,
        source=SourceKind.CLAIM,
        source_id=claim.id,
        activity=said.name,
        began=said.began,
        ended=said.ended,
        by_unit_id=_unit_of(command),
        pack=law.version,
    )
    return [passed, recognised]


def _credited(command: CreditEntry, state: PersonYear, source: SourceKind) -> list[YearEvent]:
    """The entry joins the ledger; what is pending for the same activity is held and names it."""
    if command.entry_id in state.entries or command.entry_id in state.revoked:
        return []
    said = command.model_dump(exclude={"envelope", "hours"})
    found: list[YearEvent] = [
        HoursRecognised(**said, asked=command.hours, recognised=command.hours, source=source)
    ]
    who = {"person_id": command.person_id, "year": command.year}
    found += [
        events.ClaimHeld(**who, claim_id=claim_id, same_as=command.entry_id)
        for claim_id in sameness.twins_of(command, state)
    ]
    return found


def _revoked(command: RevokeEntry, state: PersonYear) -> list[YearEvent]:
    """Also before the entry is seen: it never joins then."""
    if command.entry_id in state.revoked:
        return []
    return [
        events.HoursRevoked(
            person_id=command.person_id,
            year=command.year,
            entry_id=command.entry_id,
            cause=command.cause,
            by_unit_id=command.by_unit_id,
        )
    ]


DECIDER = Decider(PersonYear, decide, evolve)
