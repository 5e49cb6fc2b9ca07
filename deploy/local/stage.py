"""A province at work for as long as a story is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from deploy.local.layout import OUT
from deploy.local.ports import free_port
from deploy.local.programs import at_work, migrate
from deploy.local.server import Servers
from deploy.local.story.caller import Caller
from deploy.local.story.cast import Cast
from deploy.local.story.papers import Papers
from deploy.local.story.scene import Scene
from deploy.local.wiring import wire
from libs.runtime import clock

STARTS = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
"""20 December 2024, 09:00 in China: the 2024 notice's windows are open."""


@contextmanager
def province(
    servers: Servers, folder: Path, port: int | None = None, starts: datetime = STARTS
) -> Iterator[Scene]:
    """Everything at work on these servers. A new province has nobody in it yet, and its clock
    starts at this instant."""
    clock_file = folder / "clock.json"
    folder.mkdir(parents=True, exist_ok=True)
    clock.start(clock_file, starts)
    wiring = wire(servers, folder, port or free_port())
    codes = dict(line.split()[1:] for line in migrate(wiring).splitlines() if len(line.split()) > 2)
    with at_work(wiring):
        http = httpx.AsyncClient(base_url=wiring.address, timeout=60)
        yield Scene(wiring, Cast(Caller(http), codes), Papers(OUT))
