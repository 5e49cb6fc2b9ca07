"""Which packs are published, loaded once a batch."""

from collections.abc import Sequence

from libs.events.command import Command
from libs.runtime.tables import Rows, Statement
from services.policy.state import PolicyFacts

_PUBLISHED = "SELECT pack, digest, jurisdiction, year FROM published WHERE digest IS NOT NULL"


class PolicyLookup:
    """Asks for the digests in force."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """One small statement."""
        del commands
        return (Statement(_PUBLISHED),)

    def answer(self, results: Sequence[Rows]) -> PolicyFacts:
        """The record."""
        return PolicyFacts(
            {pack: digest for pack, digest, _, _ in results[0]},
            {(jurisdiction, year): pack for pack, _, jurisdiction, year in results[0]},
        )
