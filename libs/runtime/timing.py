"""The timer's process: what is due becomes commands, keyed by what and when."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from psycopg import AsyncConnection

from libs.decider import Refused, Rule
from libs.events.command import Command
from libs.runtime import database
from libs.runtime.clock import Clock
from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.log.writer import Writer
from libs.runtime.pace import Pace
from libs.runtime.persisting import persist
from libs.runtime.telemetry import metrics

log = structlog.get_logger()

_LOOKS_EVERY = 0.2  # seconds, while nothing is due
_AT_ONCE = 200  # commands
_ASKED_AGAIN = 15.0  # seconds after it came to nothing


@dataclass(frozen=True, slots=True)
class Task:
    """A command that is due. A refusal of it may be a command too: somebody must see it."""

    command: Command
    otherwise: Callable[[Rule], Command] | None = None


Due = Callable[[AsyncConnection, datetime, int], Awaitable[Sequence[Task]]]
"""What is due now. The number: how many that came to nothing are left alone just now; who looks
up a few at once looks up so many more, lest these stand in the way of what is behind them."""


class Seldom:
    """Something that is looked at no more often than once in so many seconds."""

    def __init__(self, due: Due, seconds: float) -> None:
        self._due = due
        self._pace = Pace(seconds)

    async def __call__(self, conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
        """What is due of it, if it is looked at."""
        return await self._due(conn, now, beside) if self._pace.due() else ()


class Timing:
    """Looks at what is due and has it done. A crash in between: it is still due.

    What is refused for good, or fails by a defect, stays due: it is asked again after a while,
    and operators see how much of it there is.
    """

    def __init__(
        self, service: str, conninfo: str, writer: Writer, clock: Clock, due: Sequence[Due]
    ) -> None:
        self._service = service
        self._undone: dict[str, float] = {}  # by key: until when it is left alone
        self._conninfo = conninfo
        self._writer = writer
        self._clock = clock
        self._due = due

    async def run(self) -> None:
        """Work until cancelled."""
        await persist("timing", self._look)

    async def _look(self) -> None:
        async with await database.connect(self._conninfo) as conn:
            while True:
                done = 0
                for due in self._due:
                    beside = len(self._undone)
                    done += await self._do(await due(conn, self._clock.now(), beside))
                await asyncio.sleep(0 if done else _LOOKS_EVERY)

    async def _do(self, tasks: Sequence[Task]) -> int:
        """Have these done, a batch after the other: between two the write lock is given back."""
        done = 0
        asked = self._to_be_asked(tasks)
        for n in range(0, len(asked), _AT_ONCE):
            done += await self._batch(asked[n : n + _AT_ONCE])
        metrics.DUE_UNDONE.labels(self._service).set(len(self._undone))
        return done

    def _to_be_asked(self, tasks: Sequence[Task]) -> Sequence[Task]:
        now = time.monotonic()
        self._undone = {key: until for key, until in self._undone.items() if until > now}
        return [task for task in tasks if task.command.envelope.key not in self._undone]

    async def _batch(self, tasks: Sequence[Task]) -> int:
        """How many of these were done. What a refusal means is done after them."""
        outcomes = await asyncio.gather(
            *(self._submit(task.command) for task in tasks), return_exceptions=True
        )
        done, instead = 0, []
        for task, outcome in zip(tasks, outcomes, strict=True):
            if isinstance(outcome, Accepted):
                done += 1
            elif isinstance(outcome, Refused) and task.otherwise is not None:
                instead.append(Task(task.otherwise(outcome.rule)))
            else:
                self._leave(task.command, outcome)
        return done + await self._do(instead)

    def _leave(self, command: Command, outcome: BaseException) -> None:
        """Alone, for a while."""
        self._undone[command.envelope.key] = time.monotonic() + _ASKED_AGAIN
        name = type(command).__name__
        if isinstance(outcome, Refused):
            log.warning("due and refused", command=name, rule=outcome.rule.code)
        else:
            log.error("due and failed", command=name, error=type(outcome).__name__)

    async def _submit(self, command: Command) -> Accepted:
        return await self._writer.submit(Asked.of(command, command.envelope.key.encode()))
