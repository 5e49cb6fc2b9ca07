"""What every carrier of foreign records does: have them taken in, whatever breaks, and tell."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import structlog

from libs.runtime.clock import Clock
from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw
from libs.runtime.inbound.marks import Arrived, Gap, Source
from libs.runtime.inbound.taking import Taken, Taker
from libs.runtime.persisting import persist
from libs.runtime.telemetry import metrics

log = structlog.get_logger()


def raw(record: Any) -> Raw:
    """A record as it came, from whichever library read it."""
    headers = record.headers or ()
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return Raw(
        record.topic,
        record.partition,
        record.offset,
        record.key or b"",
        tuple((name, bytes(value or b"")) for name, value in pairs),  # null is allowed
        record.value,
    )


class Carrying:
    """Hands the records of one service's carrier to its taker."""

    def __init__(
        self, context: str, taker: Taker, clock: Clock, patience: float = math.inf
    ) -> None:
        self._context = context
        self._taker = taker
        self._clock = clock
        self._patience = patience  # seconds that infrastructure may be away
        self._gaps: dict[Source, Gap] = {}

    async def carry(self, records: Iterable[Any]) -> Collection[Source]:
        """Taken in and committed: now they may be acknowledged. Where a gap has opened."""
        arrived = [marks.arrived(raw(record)) for record in records]
        taken = await persist("taking", lambda: self._taker.take(arrived), self._patience)
        return self._told(arrived, taken)

    async def close(self) -> None:
        """Nothing more will come."""
        await self._taker.close()

    def _told(self, arrived: Sequence[Arrived], taken: Taken) -> Collection[Source]:
        known, self._gaps = self._gaps, marks.standing(self._gaps, taken.marks, taken.gaps)
        opened = [gap for where, gap in taken.gaps.items() if where not in known]
        for gap in opened:
            _, topic, partition = gap.source
            log.error(
                "gap: a record is missing",
                topic=topic,
                partition=partition,
                mark=gap.mark,
                passed=gap.passed,
            )
        last = next((one.inbound for one in reversed(arrived) if one.inbound), None)
        took = (self._clock.now() - last.recorded_at).total_seconds() if last else None
        metrics.taken(self._context, taken.events, taken.aside, len(self._gaps), took)
        return [gap.source for gap in opened]
