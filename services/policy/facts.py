"""Which packs are published, loaded once a batch."""

from collections.abc import Sequence

from libs.events.command import Command
from libs.runtime.service import Rows
from libs.runtime.tables import Statement
from services.policy.state import PolicyFacts


class PolicyLookup:
    """Asks for the digests in force."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """One small statement."""
        del commands
        return (Statement("SELECT pack, digest FROM published WHERE digest IS NOT NULL"),)

    def answer(self, results: Sequence[Rows]) -> PolicyFacts:
        """The record."""
        return PolicyFacts(dict(results[0]))
