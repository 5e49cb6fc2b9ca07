"""What a service adds to its rebuild: rows that its decisions made, derived anew."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Envelope
from libs.runtime.tables import Row, Rows, Table


class Refold(Protocol):
    """Tables whose rows follow from kept events by judging them, not from what was judged before.

    It reads these types of these contexts by itself, as raw text; nobody else need read them.
    """

    contexts: Sequence[str]
    types: Sequence[str]
    tables: Sequence[Table]
    columns: str  # of `k`, the kept events, and of `{next}` tables joined to it, after the subject
    joins: str

    def prepare(self, laws: Rows) -> str:
        """Read what judging needs, as `basis` asks for it; a digest of it."""

    @property
    def basis(self) -> str:
        """The query of what judging needs, from the next version's tables."""

    def rows(self, subject: UUID, found: Sequence[tuple[Any, ...]]) -> Iterable[Row]:
        """The rows of one subject, from its kept events in order."""

    def command(self, row: Row, envelope: Envelope) -> Command:
        """What brings the live decisions to this row, where they differ."""
