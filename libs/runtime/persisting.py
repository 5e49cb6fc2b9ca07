"""Infrastructure fails and comes back: what it broke is begun again, with a pause that grows."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiokafka.errors import KafkaError

from libs.runtime import database

log = structlog.get_logger()
T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0  # seconds; doubled while nothing lasts


async def persist(what: str, work: Callable[[], Awaitable[T]], patience: float = math.inf) -> T:
    """What the work returns, however often infrastructure breaks it.

    What works until it is cancelled and makes its own connections lives in such a loop. After so
    many seconds of patience the error rises; one that is no matter of infrastructure at once.
    """
    until, pause = time.monotonic() + patience, FIRST_PAUSE
    while True:
        began = time.monotonic()
        try:
            return await work()
        except Exception as error:
            ended = time.monotonic()
            if ended - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            passes = database.is_infrastructure(error) or isinstance(error, KafkaError)
            if not passes or ended + pause > until:
                raise
            log.warning("begins again", work=what, error=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
