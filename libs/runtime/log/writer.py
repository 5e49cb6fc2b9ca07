"""The queue before the batch: whatever waits goes together, one batch in flight a process."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from libs.decider import Refused
from libs.runtime import refusals
from libs.runtime.database import Held
from libs.runtime.log import batch
from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.log.streams import Streams
from libs.runtime.service import Service

log = structlog.get_logger()

MOST_TOGETHER = 256
MOST_WAITING = 4096
GIVES_UP_AFTER = 10.0  # seconds; the fate is unknown, the same key tells it


class Observer(Protocol):
    """Who is told of each batch: metrics and spans."""

    def batch(self, asked: Sequence[Asked], began: float) -> None:
        """A batch that began at this `time.perf_counter()` was committed."""


@dataclass(slots=True, eq=False)
class _Job:
    asked: Asked
    done: asyncio.Future[Accepted]


class Writer:
    """Takes commands of one service and answers each, in batches of one transaction."""

    def __init__(self, service: Service, conninfo: str, observer: Observer | None = None) -> None:
        self._service = service
        self._observer = observer
        self._streams = Streams(service)
        self._waiting: deque[_Job] = deque()
        self._work = asyncio.Event()
        self._held = Held(conninfo)

    async def submit(self, asked: Asked) -> Accepted:
        """The answer to one command. Refused; BUSY when the queue is full, OUTCOME_UNKNOWN
        when the database does not answer in time."""
        if len(self._waiting) >= MOST_WAITING:
            raise Refused(refusals.BUSY)
        job = _Job(asked, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._work.set()
        try:
            async with asyncio.timeout(GIVES_UP_AFTER):
                return await job.done
        except TimeoutError:
            raise Refused(refusals.OUTCOME_UNKNOWN) from None

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                await self._work.wait()
                jobs = self._next()
                if not self._waiting:
                    self._work.clear()
                if jobs:
                    await self._settle(jobs)
        finally:
            await self._held.close()

    def _next(self) -> list[_Job]:
        jobs: list[_Job] = []
        while self._waiting and len(jobs) < MOST_TOGETHER:
            job = self._waiting.popleft()
            if not job.done.done():
                jobs.append(job)
        return jobs

    async def _settle(self, jobs: list[_Job]) -> None:
        """Answer each. What fails for another reason than infrastructure is halved until the
        culprit stands alone; infrastructure is tried again until nobody waits any more. What
        fails so twice is halved too: a batch that takes too long looks the same."""
        pause, failed = 0.05, 0
        while jobs := [job for job in jobs if not job.done.done()]:
            try:
                outcomes = await self._attempt([job.asked for job in jobs])
            except Exception as error:
                if not self._held.failed(error):
                    return await self._halve(jobs, error)
                log.warning("database unavailable, trying again", error=type(error).__name__)
                await self._held.close()
                failed += 1
                if failed > 1 and len(jobs) > 1:
                    return await self._halve(jobs, error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)
                continue
            for job, outcome in zip(jobs, outcomes, strict=True):
                _tell(job, outcome)
        return None

    async def _halve(self, jobs: list[_Job], error: Exception) -> None:
        await self._held.rollback()
        if len(jobs) == 1:
            log.error("command failed", command=jobs[0].asked.key[1], error=type(error).__name__)
            _tell(jobs[0], error)
            return
        middle = len(jobs) // 2
        await self._settle(jobs[:middle])
        await self._settle(jobs[middle:])

    async def _attempt(self, asked: Sequence[Asked]) -> list[batch.Outcome]:
        conn = await self._held.get()
        began = time.perf_counter()
        outcomes = await batch.run(conn, self._service, self._streams, asked)
        if self._observer is not None:
            self._observer.batch(asked, began)
        return outcomes


def _tell(job: _Job, outcome: batch.Outcome) -> None:
    if job.done.done():
        return
    if isinstance(outcome, Accepted):
        job.done.set_result(outcome)
    else:
        job.done.set_exception(outcome)
