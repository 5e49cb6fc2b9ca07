"""States of streams, remembered between batches and made current under the write lock."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.events.event import Event
from libs.runtime.service import Service, Touch
from libs.runtime.tables import Rows, Statement

_FOLDED_TOGETHER = 500  # events; then others have their turn


@dataclass(slots=True)
class Known:
    """A stream as far as it is known: state, position, and the last touch of each resource."""

    state: Any
    position: int = 0
    touches: dict[UUID, Touch] = field(default_factory=dict)

    def version(self, resource: UUID) -> int:
        """The position of the last event about this resource; 0 before the first."""
        touch = self.touches.get(resource)
        return touch.position if touch else 0

    def copy(self) -> "Known":
        """For a batch to change; the original stays as committed."""
        return Known(self.state, self.position, dict(self.touches))


class Streams:
    """The states that batches work on. Only what has been committed is remembered."""

    def __init__(self, service: Service, most: int = 20_000, most_touches: int = 200_000) -> None:
        self._service = service
        self._most = most
        self._most_touches = most_touches
        self._touches = 0  # of all that is remembered: some streams have one, some thousands
        self._known: OrderedDict[str, Known] = OrderedDict()

    async def read(self, conn: AsyncConnection, names: Collection[str]) -> None:
        """Remember these streams, if they are not: before a transaction, where nobody waits for
        it. What is committed is final, so the batch goes on from there under the lock."""
        new = [name for name in names if name not in self._known]
        if not new:
            return
        asked = self.ask(new)
        rows = await (await conn.execute(asked.sql, asked.params)).fetchall()
        current = self.answer(new, [])
        for n in range(0, len(rows), _FOLDED_TOGETHER):
            self._fold(current, rows[n : n + _FOLDED_TOGETHER])
            await asyncio.sleep(0)
        self.remember(current)

    def ask(self, names: Collection[str]) -> Statement:
        """Whatever the log has beyond what is remembered of these streams."""
        positions = [self._known[n].position if n in self._known else 0 for n in names]
        return Statement(
            "SELECT e.stream, e.position, e.type, e.version, e.recorded_at, e.body "
            "FROM unnest(%b::text[], %b::bigint[]) AS known (stream, position) "
            "JOIN events e ON e.stream = known.stream AND e.position > known.position "
            "ORDER BY e.position",
            (list(names), positions),
        )

    def answer(self, names: Iterable[str], rows: Rows) -> dict[str, Known]:
        """The streams as they stand in the log now, to be worked on."""
        current = {}
        for name in names:
            known = self._known.get(name)
            current[name] = known.copy() if known else Known(self._stream(name).decider.initial())
        self._fold(current, rows)
        return current

    def _fold(self, current: Mapping[str, Known], rows: Iterable[tuple[Any, ...]]) -> None:
        for stream, position, kind, version, at, body in rows:
            event = self._service.events.read(kind, version, body)
            self.evolve(stream, current[stream], event, Touch(position, at))

    def evolve(self, name: str, known: Known, event: Event, touch: Touch) -> None:
        """One event further."""
        known.state = self._stream(name).decider.evolve(known.state, event)
        known.position = touch.position
        known.touches |= dict.fromkeys(event.touched_ids, touch)

    def remember(self, committed: Mapping[str, Known]) -> None:
        """These are in the log for good."""
        for name, known in committed.items():
            before = self._known.pop(name, None)
            self._known[name] = known
            self._touches += len(known.touches) - (len(before.touches) if before else 0)
        while len(self._known) > self._most or self._touches > self._most_touches:
            _, known = self._known.popitem(last=False)
            self._touches -= len(known.touches)

    def _stream(self, name: str) -> Any:
        return self._service.streams[name.partition("/")[0]]
