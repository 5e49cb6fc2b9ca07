"""The grant of one class: how far it has gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never
from uuid import UUID

from libs.events.hours import GrantEntryRefused, GrantSettled, GrantStarted

GrantEvent = GrantStarted | GrantEntryRefused | GrantSettled


@dataclass(frozen=True, slots=True)
class Grant:
    """One act of the province, and what has come of it."""

    started: GrantStarted | None = None
    refused: Mapping[UUID, str] = field(default_factory=dict)  # by person: the rule's code
    settled: GrantSettled | None = None


def evolve(state: Grant, event: GrantEvent) -> Grant:
    """The grant after this event."""
    match event:
        case GrantStarted():
            return replace(state, started=event)
        case GrantEntryRefused():
            return replace(state, refused={**state.refused, event.person_id: event.rule})
        case GrantSettled():
            return replace(state, settled=event)
        case _:
            assert_never(event)
