"""What many services keep of identity's and policy's events, folded the same way everywhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from libs.events.command import Command
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.runtime.tables import Gone, Row, Rows, Statement

RowsOf = Callable[[Recorded[Event]], Iterable[Row | Gone]]


@dataclass(frozen=True)
class RowsOnly:
    """A reaction that keeps rows and commands nothing."""

    rows_of: Sequence[RowsOf]

    def rows(self, events: Sequence[Recorded[Event]]) -> Iterable[Row | Gone]:
        """The rows of each event, in order."""
        for found in events:
            for rows_of in self.rows_of:
                yield from rows_of(found)

    def ask(self, events: Sequence[Recorded[Event]]) -> Sequence[Statement]:
        """Nothing."""
        del events
        return ()

    def commands(
        self, events: Sequence[Recorded[Event]], results: Sequence[Rows]
    ) -> Sequence[Command]:
        """None."""
        del events, results
        return ()
