"""The decisions about packs."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, keep
from libs.events.policy import PackProposed, PackPublished, WindowExtended
from libs.policy import packs
from services.policy import rules
from services.policy.commands import ApprovePack, ExtendWindow, PolicyCommand, ProposePack
from services.policy.state import PackState, PolicyEvent, PolicyFacts, evolve


def decide(command: PolicyCommand, state: PackState, facts: PolicyFacts) -> Sequence[PolicyEvent]:
    """What happens. Refused by the first rule that is broken."""
    match command:
        case ProposePack():
            keep(rules.ON_PROPOSE, command, state, facts)
            return _proposed(command, state)
        case ApprovePack():
            if state.published is not None and state.published.digest == command.digest:
                return []
            keep(rules.ON_APPROVE, command, state, facts)
            return [_published(command, state)]
        case ExtendWindow():
            keep(rules.ON_EXTEND, command, state, facts)
            words = command.model_dump(exclude={"envelope", "reason"})
            return [WindowExtended(pack_key=command.resource, **words)]
        case _:
            assert_never(command)


def _proposed(command: ProposePack, state: PackState) -> list[PolicyEvent]:
    pack = packs.from_json(command.content)
    if pack.digest in state.proposed:
        return []
    return [
        PackProposed(
            pack_key=command.resource,
            pack=pack.id,
            pack_version=pack.version,
            content=pack.canonical_json(),
            digest=pack.digest,
            author_id=command.envelope.actor.id,
        )
    ]


def _published(command: ApprovePack, state: PackState) -> PackPublished:
    proposed = state.proposed[command.digest]
    pack = packs.from_json(proposed.content)
    return PackPublished(
        pack_key=command.resource,
        pack=pack.id,
        pack_version=pack.version,
        jurisdiction=pack.jurisdiction,
        year=pack.year,
        content=proposed.content,
        digest=proposed.digest,
        author_id=proposed.author_id,
        approver_id=command.envelope.actor.id,
    )


DECIDER = Decider(PackState, decide, evolve)
