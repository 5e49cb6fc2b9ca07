"""A person's year: the claims in their states, and the entries that stand in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar, assert_never
from uuid import UUID

from libs.events import hours as events
from libs.events.hours import Activity, HoursRecognised, RegisteredBy

YearEvent = (
    events.HoursClaimed
    | events.ClaimAmended
    | events.ClaimSubmitted
    | events.ClaimWithdrawn
    | events.ClaimDeleted
    | events.ClaimHeld
    | events.AuditPassed
    | events.AuditFailed
    | events.HoursRecognised
    | events.HoursRevoked
)

K = TypeVar("K")
V = TypeVar("V")


class ClaimState(StrEnum):
    """审核状态."""

    DRAFT = "draft"  # 待提交
    SUBMITTED = "submitted"  # 待初审
    PASSED_FIRST = "passed_first"  # 待复核
    PASSED = "passed"  # 通过认定
    FAILED = "failed"  # 不予认定
    DELETED = "deleted"


PENDING = frozenset({ClaimState.SUBMITTED, ClaimState.PASSED_FIRST})
AT_HOME = frozenset({ClaimState.DRAFT, ClaimState.FAILED})


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim (登记). `stage` counts the audits that it has passed; `in_time` is the activity as
    it read when the day for registering ended, or reads now."""

    id: UUID
    activity: Activity
    in_time: Activity
    registered_by: RegisteredBy
    unit_id: UUID
    state: ClaimState = ClaimState.DRAFT
    to_unit_id: UUID | None = None
    stage: int = 0
    passed_by: UUID | None = None
    same_as: UUID | None = None
    opinion_digest: str | None = None
    late: bool = False
    received: bool = False  # it was submitted once, so within the window: that is never lost


@dataclass(frozen=True, slots=True)
class PersonYear:
    """Everything that happened to one person's hours of one year."""

    person_id: UUID | None = None
    year: int = 0
    claims: Mapping[UUID, Claim] = field(default_factory=dict)
    entries: Mapping[UUID, HoursRecognised] = field(default_factory=dict)
    revoked: Mapping[UUID, events.HoursRevoked] = field(default_factory=dict)


def evolve(state: PersonYear, event: YearEvent) -> PersonYear:
    """The year after this event."""
    if state.person_id is None:
        state = replace(state, person_id=event.person_id, year=event.year)
    match event:
        case events.HoursClaimed():
            claim = Claim(
                event.claim_id, event.activity, event.activity, event.registered_by, event.unit_id
            )
            return _with(state, claim)
        case events.ClaimAmended():
            return _changed(
                state,
                event.claim_id,
                activity=event.activity,
                in_time=state.claims[event.claim_id].in_time if event.late else event.activity,
                state=ClaimState.DRAFT,
                to_unit_id=None,
                same_as=None,
            )
        case events.ClaimSubmitted():
            return _changed(
                state,
                event.claim_id,
                state=ClaimState.SUBMITTED,
                to_unit_id=event.to_unit_id,
                stage=0,
                same_as=None,
                late=False,
                received=True,
            )
        case events.ClaimWithdrawn():
            taken_back = {"state": ClaimState.DRAFT, "to_unit_id": None, "same_as": None}
            return _changed(state, event.claim_id, **taken_back)
        case events.ClaimDeleted():
            return _changed(state, event.claim_id, state=ClaimState.DELETED)
        case events.ClaimHeld():
            return _changed(state, event.claim_id, same_as=event.same_as)
        case events.AuditPassed():
            return _changed(
                state,
                event.claim_id,
                state=ClaimState.PASSED_FIRST,
                stage=event.stage,
                passed_by=event.by_unit_id,
                late=event.late,
                opinion_digest=event.opinion_digest or state.claims[event.claim_id].opinion_digest,
            )
        case events.AuditFailed():
            return _changed(
                state,
                event.claim_id,
                state=ClaimState.FAILED,
                late=event.late,
                opinion_digest=event.opinion_digest,
            )
        case events.HoursRecognised():
            if event.entry_id in state.claims:
                state = _changed(state, event.entry_id, state=ClaimState.PASSED)
            return replace(state, entries={**state.entries, event.entry_id: event})
        case events.HoursRevoked():
            return replace(
                state,
                entries=_without(state.entries, event.entry_id),
                revoked={**state.revoked, event.entry_id: event},
            )
        case _:
            assert_never(event)


def _with(state: PersonYear, claim: Claim) -> PersonYear:
    return replace(state, claims={**state.claims, claim.id: claim})


def _changed(year: PersonYear, claim_id: UUID, /, **changes: Any) -> PersonYear:
    return _with(year, replace(year.claims[claim_id], **changes))


def _without(some: Mapping[K, V], key: K) -> dict[K, V]:
    return {k: v for k, v in some.items() if k != key}
