"""The grant of one class: how far it has gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never
from uuid import UUID

from libs.events.hours import GrantEntryRefused, GrantEntryReopened, GrantSettled, GrantStarted

GrantEvent = GrantStarted | GrantEntryRefused | GrantEntryReopened | GrantSettled


@dataclass(frozen=True, slots=True)
class Grant:
    """One act of the province, and what has come of it."""

    started: GrantStarted | None = None
    refused: Mapping[UUID, GrantEntryRefused] = field(default_factory=dict)  # by person
    reopened: frozenset[UUID] = frozenset()  # people who were refused once, and are not now
    settled: GrantSettled | None = None


def evolve(state: Grant, event: GrantEvent) -> Grant:
    """The grant after this event."""
    match event:
        case GrantStarted():
            return replace(state, started=event)
        case GrantEntryRefused():
            return replace(
                state,
                refused={**state.refused, event.person_id: event},
                reopened=state.reopened - {event.person_id},
            )
        case GrantEntryReopened():
            return replace(
                state,
                refused={who: why for who, why in state.refused.items() if who != event.person_id},
                reopened=state.reopened | {event.person_id},
                settled=None,
            )
        case GrantSettled():
            return replace(state, settled=event)
        case _:
            assert_never(event)
