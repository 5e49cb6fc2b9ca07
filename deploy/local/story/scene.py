"""What every step of the story has at hand."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from deploy.local.story.caller import PATIENCE, Caller
from deploy.local.story.cast import Cast
from deploy.local.story.papers import Papers
from deploy.local.telling import expect
from deploy.local.wiring import SERVICES, Wiring
from libs.runtime import clock


@dataclass
class Scene:
    """The province of this run, who acts in it, and the papers that stay."""

    wiring: Wiring
    cast: Cast
    papers: Papers
    notes: dict[str, str] = field(default_factory=dict)  # what later steps need of earlier ones
    people: list[tuple[str, str, str]] = field(default_factory=list)  # name, number, department

    async def days_pass(self, days: int = 1) -> None:
        """The province's clock moves on, and every service has seen it."""
        then = clock.Clock(self.wiring.clock).now() + timedelta(days=days)
        await self.clock_goes_to(then)

    async def clock_goes_to(self, then: datetime) -> None:
        """The same, to this instant."""
        await clock_goes_to(then, self.wiring.clock, self.cast.nobody)


async def clock_goes_to(then: datetime, file: Path, nobody: Caller) -> None:
    """Move a province's clock forward; every service has seen it. ValueError: that was back."""
    clock.move_to(file, then)

    async def everywhere() -> bool:
        answers = [await nobody.do("GET", f"/{service}/healthz") for service in SERVICES]
        return all(datetime.fromisoformat(answer["now"]) >= then for answer in answers)

    await seen(everywhere, f"{then:%d %B %Y, %H:%M} UTC")


async def seen(look: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE) -> float:
    """Look until it is seen; how many seconds it took."""
    began = time.monotonic()
    while not await look():
        expect(time.monotonic() - began < seconds, f"{what} was not seen in {seconds:.0f} s")
        await asyncio.sleep(0.01)
    return time.monotonic() - began
