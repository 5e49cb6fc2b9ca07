"""Reasons that people wrote. Never in an event, which carries the row's id."""

from collections.abc import Iterable, Sequence

from libs.events.command import Command
from libs.events.event import Event
from libs.events.policy import WindowExtended
from libs.runtime.tables import Gone, Row, Table
from services.policy.commands import ExtendWindow

REASONS = Table(
    "reasons", key=("reason_id",), columns={"reason_id": "uuid", "text": "text NOT NULL"}
)


def rows(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """The reason of a window that was extended."""
    if isinstance(command, ExtendWindow) and any(isinstance(e, WindowExtended) for e in events):
        yield REASONS.row(reason_id=command.reason_id, text=command.reason)
