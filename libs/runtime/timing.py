"""The timer's process: what is due becomes commands, keyed by what and when."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog
from psycopg import AsyncConnection

from libs.decider import Refused
from libs.events.command import Command
from libs.runtime import aside, batch, database
from libs.runtime.answers import Asked
from libs.runtime.clock import Clock
from libs.runtime.pace import Pace
from libs.runtime.tables import Statement
from libs.runtime.taking import COMMIT
from libs.runtime.writer import Writer

log = structlog.get_logger()

Due = Callable[[AsyncConnection, datetime], Awaitable[Sequence[Command]]]

_KEPT_DAYS = 30
_LOOKS_EVERY = 0.5  # seconds


class Timing:
    """Looks at what is due and has it done. A crash in between: it is still due."""

    def __init__(self, conninfo: str, writer: Writer, clock: Clock, due: Sequence[Due]) -> None:
        self._conninfo = conninfo
        self._writer = writer
        self._clock = clock
        self._due = due

    async def run(self) -> None:
        """Work until cancelled."""
        tidy = Pace(3600)
        while True:
            try:
                async with await database.connect(self._conninfo) as conn:
                    while True:
                        if tidy.due():
                            await _forget(conn, self._clock.now())
                        for due in self._due:
                            await self._do(await due(conn, self._clock.now()))
                        await asyncio.sleep(_LOOKS_EVERY)
            except Exception as error:
                if not database.is_infrastructure(error, None):
                    raise
                log.warning("timer starts again", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _do(self, commands: Sequence[Command]) -> None:
        asked = [Asked.of(command, command.envelope.key.encode()) for command in commands]
        outcomes = await asyncio.gather(
            *(self._writer.submit(one) for one in asked), return_exceptions=True
        )
        for one, outcome in zip(asked, outcomes, strict=True):
            if isinstance(outcome, Refused):
                log.warning("due and refused", command=one.key[1], rule=outcome.rule.code)
            elif isinstance(outcome, BaseException):
                log.error("due and failed", command=one.key[1], error=type(outcome).__name__)


async def _forget(conn: AsyncConnection, now: datetime) -> None:
    """Answers and set-aside bytes are kept so long and no longer."""
    old = Statement(
        "DELETE FROM answers WHERE at < %s - make_interval(days => %s)", (now, _KEPT_DAYS)
    )
    await batch.ask(conn, [*batch.BEGIN, old, aside.outdated(now), COMMIT], ())
