"""What the heartbeats told and no carrier has brought: it is read again, or the process ends.

A carrier can lose what the broker has: a client goes on behind records that it never handed over,
a group acknowledges what was never taken, a rebalance leaves a consumer that asks for nothing.
Nobody would know before something else comes in that partition. The heartbeats know: they tell
up to which number each partition was published, and the marks how far each was taken in. What
has been due for long is read again from the partition's beginning, and the marks skip what is
done; a carrier that stands still before the end is ended, so that a clean one is started; and
what the broker itself has lost waits to be republished.
"""

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Protocol

import structlog
from aiokafka.errors import KafkaError
from psycopg import AsyncConnection

from libs.runtime import database
from libs.runtime.log import batch
from libs.runtime.outbound import heartbeat
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.persisting import persist

log = structlog.get_logger()

Partition = tuple[str, int]  # topic, number
PATIENCE = 10.0  # seconds between two judgements of what stays due
STANDS_STILL = 3  # judgements in a row
READ_AGAIN = 2  # times; one may cross what the client was just handing over
_ANSWERS_WITHIN = 5.0  # seconds


class StandsStill(Exception):
    """A carrier brings nothing, though there is something; a clean one must be started."""


class Place(NamedTuple):
    """How far a carrier has handed a partition over, and where it ends on the broker. Offsets."""

    handed: int
    end: int


class Carrier(Protocol):
    """Whoever brings records."""

    def assigned(self) -> Collection[Partition]:
        """What it reads now."""

    async def places(self, partitions: Collection[Partition]) -> Mapping[Partition, Place]:
        """How far it is there: the offset after the last that was taken in; before the first, what
        its group has acknowledged. The ends are asked of the broker. KafkaError, TimeoutError."""

    async def again(self, partition: Partition) -> None:
        """Read it from its beginning. KafkaError, TimeoutError."""


class What(Enum):
    """What is to be done about a partition that is due."""

    WAIT, READ_AGAIN, END, TELL = range(4)


@dataclass(slots=True)
class Due:
    """A partition of which something is due, and what has been tried."""

    mark: int
    judged: float  # monotonic seconds
    handed: int | None = None
    still: int = 0
    again: int = 0
    told: bool = False

    def moved(self, mark: int, now: float) -> "Due":
        """The same, a step forward. Who promises what never comes has it read twice, no more."""
        return Due(mark, now, again=self.again, told=self.told)

    def judge(self, now: float, place: Place | None) -> What:
        """The next step; None where the carrier doesn't know its own place."""
        self.judged = now
        if place and place.handed >= place.end:
            self.still, self.handed = 0, None
            if self.again < READ_AGAIN:
                self.again += 1
                return What.READ_AGAIN
            told, self.told = self.told, True
            return What.WAIT if told else What.TELL
        moves = place is not None and place.handed != self.handed
        self.still = 0 if moves else self.still + 1
        self.handed = place.handed if place else None
        return What.END if self.still >= STANDS_STILL else What.WAIT


class Heard(Protocol):
    """Whoever listens to the heartbeats."""

    def oldest(self) -> Sequence[Heartbeat]:
        """Of each context the oldest beat that has not been reached."""


class Overdue:
    """Looks after one carrier until cancelled."""

    def __init__(self, conninfo: str, heard: Heard, carrier: Carrier) -> None:
        self._conninfo = conninfo
        self._heard = heard
        self._carrier = carrier
        self._due: dict[Partition, Due] = {}

    async def run(self) -> None:
        """Work until cancelled. StandsStill."""
        await persist("looking for what is overdue", self._looking)

    async def _looking(self) -> None:
        async with await database.connect(self._conninfo) as conn:
            while True:
                await asyncio.sleep(PATIENCE / 5)
                await self._look(conn)

    async def _look(self, conn: AsyncConnection) -> None:
        now, asked = time.monotonic(), [heartbeat.behind(beat) for beat in self._heard.oldest()]
        found = await batch.ask(conn, (), asked)
        self._note(now, {(topic, n): mark for rows in found for topic, n, mark in rows})
        mine = self._carrier.assigned()
        judged = {
            partition: due
            for partition, due in self._due.items()
            if now - due.judged >= PATIENCE and (partition in mine or not mine)
        }
        if not judged:
            return
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                places = await self._carrier.places(judged) if mine else {}
        except (TimeoutError, KafkaError):
            places = {}
        for partition, due in judged.items():
            await self._act(partition, due, due.judge(now, places.get(partition)))

    def _note(self, now: float, marks: Mapping[Partition, int]) -> None:
        """Where a mark has moved, waiting begins anew; what was tried is known while it is due."""
        before, self._due = self._due, {}
        for partition, mark in marks.items():
            due = before.get(partition) or Due(mark, now)
            self._due[partition] = due if due.mark == mark else due.moved(mark, now)

    async def _act(self, partition: Partition, due: Due, what: What) -> None:
        topic, number = partition
        told = log.bind(topic=topic, partition=number, mark=due.mark)
        if what is What.READ_AGAIN:
            told.warning("overdue: it is read again")
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await self._carrier.again(partition)
        elif what is What.TELL:
            told.error("overdue: the broker has not got it, it must be republished")
        elif what is What.END:
            told.error("overdue: nothing comes, the process ends")
            raise StandsStill(f"{topic}[{number}] stands still behind {due.mark}")
