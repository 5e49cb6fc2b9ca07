"""The decisions about one person's year."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, keep
from libs.events import hours as events
from libs.events.hours import SourceKind
from services.hours.commands import (
    AmendClaim,
    ClaimHours,
    ClaimsCommand,
    CreditClass,
    CreditCourse,
    DeleteClaim,
    FailAudit,
    PassAudit,
    ReturnClaim,
    RevokeEntry,
    SubmitClaim,
    WithdrawClaim,
)
from services.hours.decider.year import auditing, claiming, ledger
from services.hours.rules import sameness
from services.hours.rules.known import claim_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PENDING, PersonYear, YearEvent, evolve


def decide(command: ClaimsCommand, state: PersonYear, facts: HoursFacts) -> Sequence[YearEvent]:
    """What happens. Refused by the first rule that is broken."""
    match command:
        case ClaimHours():
            if command.claim_id in state.claims:
                return []
            return [claiming.claimed(command, state, facts)]
        case AmendClaim():
            return [claiming.amended(command, state, facts)]
        case SubmitClaim():
            keep(claiming.ON_SUBMIT, command, state, facts)
            return claiming.submitted(command, state, facts)
        case WithdrawClaim():
            keep(claiming.ON_WITHDRAW, command, state, facts)
            return [events.ClaimWithdrawn(**claiming.about(command))]
        case ReturnClaim():
            pending = claim_of(command, state).state in PENDING
            return [events.ClaimWithdrawn(**claiming.about(command))] if pending else []
        case DeleteClaim():
            return claiming.deleted(command, state, facts)
        case PassAudit():
            keep(auditing.ON_PASS, command, state, facts)
            return auditing.passed(command, state, facts)
        case FailAudit():
            keep(auditing.ON_FAIL, command, state, facts)
            return auditing.failed(command, state, facts)
        case CreditCourse():
            return ledger.credited(command, state, SourceKind.COURSE)
        case CreditClass():
            if command.entry_id not in state.entries and command.entry_id not in state.revoked:
                keep((sameness.not_credited_already,), command, state, facts)
            return ledger.credited(command, state, SourceKind.CLASS)
        case RevokeEntry():
            return ledger.revoked(command, state)
        case _:
            assert_never(command)


DECIDER = Decider(PersonYear, decide, evolve)
