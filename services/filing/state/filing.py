"""A filed class (备案): what was filed, what was reported, and how far its hours have come."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from libs.events import filing as events
from services.filing.state.roster import Roster

FilingEvent = (
    events.FilingSubmitted
    | events.ExecutionReported
    | events.SealedFormUploaded
    | events.RosterImported
    | events.RecognitionRequested
    | events.RecognitionGranted
    | events.RecognitionRefused
    | events.RecognitionWithdrawn
)


class Recognition(StrEnum):
    """How far the class's hours have come."""

    NONE = "none"  # not requested
    REQUESTED = "requested"  # 已申请，待认定
    GRANTED = "granted"  # 已认定
    REFUSED = "refused"  # 不予认定
    WITHDRAWN = "withdrawn"  # 已撤销

    @property
    def shown(self) -> str:
        """As lists say it to people."""
        return _SHOWN[self]


_SHOWN = {
    Recognition.NONE: "未申请认定",
    Recognition.REQUESTED: "待认定",
    Recognition.GRANTED: "已认定",
    Recognition.REFUSED: "不予认定",
    Recognition.WITHDRAWN: "已撤销认定",
}


CLOSED = frozenset({Recognition.REQUESTED, Recognition.GRANTED, Recognition.WITHDRAWN})
"""While the request waits or has been decided for good, roster and scan stay as they are."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything that happened to one filed class."""

    submitted: events.FilingSubmitted | None = None
    report: events.ExecutionReported | None = None
    sealed: str | None = None  # the stamped form's digest
    roster: Roster | None = None
    recognition: Recognition = Recognition.NONE
    requests: int = 0
    granted: events.RecognitionGranted | None = None
    opinion_digest: str | None = None
    reason_digest: str | None = None

    @property
    def unit_id(self) -> UUID | None:
        """The base whose class it is."""
        return self.submitted.unit_id if self.submitted else None

    @property
    def was_not_held(self) -> bool:
        """未举办: closed without hours."""
        return self.report is not None and not self.report.held

    def done(self, day: date) -> frozenset[str]:
        """The steps of the pack that are behind it, its end among them."""
        steps = {
            "end": self.submitted is not None and day > self.submitted.filed.ended.day,
            "report": self.report is not None,
            "scan": self.sealed is not None,
            "roster": self.roster is not None,
            "request": self.recognition is Recognition.REQUESTED,
        }
        return frozenset(step for step, is_done in steps.items() if is_done)


def evolve(state: Filing, event: FilingEvent) -> Filing:
    """The filing after this event."""
    match event:
        case events.FilingSubmitted():
            return replace(state, submitted=event)
        case events.ExecutionReported():
            return replace(state, report=event)
        case events.SealedFormUploaded():
            return replace(state, sealed=event.file)
        case events.RosterImported():
            same = state.roster is not None and state.roster.id == event.roster_id
            roster = state.roster if same and state.roster else Roster(event.roster_id)
            return replace(state, roster=roster.with_rows(event.rows))
        case events.RecognitionRequested():
            return replace(state, recognition=Recognition.REQUESTED, requests=state.requests + 1)
        case events.RecognitionGranted():
            return replace(state, recognition=Recognition.GRANTED, granted=event)
        case events.RecognitionRefused():
            return replace(
                state, recognition=Recognition.REFUSED, opinion_digest=event.opinion_digest
            )
        case events.RecognitionWithdrawn():
            return replace(
                state, recognition=Recognition.WITHDRAWN, reason_digest=event.reason_digest
            )
        case _:
            assert_never(event)
