"""A pack: what is proposed, what is published; and which packs are published beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from libs.events.event import Event
from libs.events.policy import PackProposed, PackPublished, WindowExtended

PolicyEvent = PackProposed | PackPublished | WindowExtended


@dataclass(frozen=True, slots=True)
class PackState:
    """Everything that happened to one pack."""

    proposed: Mapping[str, PackProposed] = field(default_factory=dict)  # by digest
    published: PackPublished | None = None


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """The digests that are published, by pack, for who extends them."""

    published: Mapping[str, str] = field(default_factory=dict)

    def after(self, events: Sequence[Event]) -> "PolicyFacts":
        """With what has just been published."""
        new = {e.pack: e.digest for e in events if isinstance(e, PackPublished)}
        return PolicyFacts({**self.published, **new}) if new else self


def evolve(state: PackState, event: PolicyEvent) -> PackState:
    """The pack after this event."""
    match event:
        case PackProposed():
            return replace(state, proposed={**state.proposed, event.digest: event})
        case PackPublished():
            return replace(state, published=event)
        case WindowExtended():
            return state
        case _:
            assert_never(event)
