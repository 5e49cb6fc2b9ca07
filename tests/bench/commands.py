"""Durable commands over HTTP: claim, submit, pass, on 64 connections, everything on."""

import asyncio
import time

from deploy.local.server import Servers
from tests.bench import pgbench, told
from tests.bench.loading import Loaded, load
from tests.bench.process import web
from tests.bench.stage import Stage, staged

PEOPLE, SECONDS, PAIRS = 2000, 4.0, 3
GOAL, SHARE, P99, PAUSED = 2500, 0.35, 50, 3200


async def measure(servers: Servers) -> None:
    """The figure beside the same server without a database; offered 800/s; relay and projector
    not running; pgbench; and what the generator could ask for."""
    async with staged(servers, PEOPLE) as stage:
        await asyncio.to_thread(_figures, stage)


def _figures(stage: Stage) -> None:
    with stage.web(stage.hours, "tests.bench.ceiling") as ceiling, stage.web(stage.hours) as port:
        load(stage, port, 2)  # caches and plans
        paused = _pairs(stage, ceiling, port)
        with stage.workers():
            _drained(stage)
            full = _pairs(stage, ceiling, port)
            _drained(stage)
            offered = load(stage, port, 8, offered=800)
    rows = pgbench.inserted(stage, int(SECONDS))
    with web(stage.folder, stage.environment(stage.hours), "tests.bench.answering") as nobody:
        most = load(stage, nobody, 3)
    _tell("commands over HTTP, everything on", full, GOAL, SHARE)
    told.note(f"pgbench inserting the same row {rows:,.0f}/s; the generator's own {most.rate:,.0f}")
    told.figure(
        f"commands at 800/s offered: {offered.rate:,.0f}/s, p50 {offered.p50:.0f} ms, "
        f"p99 {offered.p99:.0f} ms, {offered.errors} errors",
        "unloaded, none",
        None,
        f"p99 {P99} ms, 0 errors",
        offered.p99 <= P99 and not offered.errors,
    )
    _tell("commands with relay and projector paused", paused, PAUSED, 0)


def _pairs(stage: Stage, ceiling: int, port: int) -> list[tuple[Loaded, Loaded]]:
    found = []
    for _ in range(PAIRS):
        _drained(stage)
        found.append((load(stage, ceiling, SECONDS), load(stage, port, SECONDS)))
    return found


def _tell(name: str, pairs: list[tuple[Loaded, Loaded]], goal: float, share: float) -> None:
    rate = told.median(mine.rate for _, mine in pairs)
    ceiling = told.median(ceiling.rate for ceiling, _ in pairs)
    ratio = told.median(mine.rate / ceiling.rate for ceiling, mine in pairs)
    errors = sum(mine.errors for _, mine in pairs)
    told.figure(
        f"{name}: {rate:,.0f}/s, p99 {told.median(m.p99 for _, m in pairs):.0f} ms, "
        f"{errors} errors",
        f"without a database {ceiling:,.0f}/s",
        ratio,
        f"{goal:,}/s" + (f" and {share}" if share else ""),
        rate >= goal and ratio >= share and not errors,
    )


def _drained(stage: Stage) -> None:
    """The projector has nothing left to do, if it runs: it would run in the ceiling's time."""
    until = time.monotonic() + 60
    before = -1
    while (left := stage.left()) and left != before and time.monotonic() < until:
        before = left
        time.sleep(1)
