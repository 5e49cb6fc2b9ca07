"""A pack: what is proposed, what is published; and which packs are published beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from libs.events.event import Event
from libs.events.policy import PackProposed, PackPublished, WindowExtended

PolicyEvent = PackProposed | PackPublished | WindowExtended


@dataclass(frozen=True, slots=True)
class Extended:
    """Until when a window is open, and which text says why."""

    until: date
    reason_id: UUID


@dataclass(frozen=True, slots=True)
class PackState:
    """Everything that happened to one pack."""

    proposed: Mapping[str, PackProposed] = field(default_factory=dict)  # by digest
    published: PackPublished | None = None
    extended: Mapping[tuple[str, UUID | None], Extended] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """The digests that are published, by pack, for who extends them; and which pack is the law
    of a jurisdiction and year."""

    published: Mapping[str, str] = field(default_factory=dict)
    laws: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def after(self, events: Sequence[Event]) -> "PolicyFacts":
        """With what has just been published."""
        new = [e for e in events if isinstance(e, PackPublished)]
        return PolicyFacts(
            {**self.published, **{e.pack: e.digest for e in new}},
            {**self.laws, **{(e.jurisdiction, e.year): e.pack for e in new}},
        )


def evolve(state: PackState, event: PolicyEvent) -> PackState:
    """The pack after this event."""
    match event:
        case PackProposed():
            return replace(state, proposed={**state.proposed, event.digest: event})
        case PackPublished():
            return replace(state, published=event)
        case WindowExtended():
            longer = Extended(event.until, event.reason_id)
            whose = (event.window, event.unit_id)
            return replace(state, extended={**state.extended, whose: longer})
        case _:
            assert_never(event)
