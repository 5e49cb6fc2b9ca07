"""The live projector, Faust to PostgreSQL, beside a Faust agent that only counts."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg

from deploy.local.server import Servers
from libs.events import hours, identity, policy
from libs.runtime.settings import Settings
from services.certificates.service import compose
from tests.bench import told
from tests.bench.process import process, said
from tests.bench.stage import environment
from tests.component import lab, sources
from tests.component.certificates.words import (
    published,
    recognised,
    registered,
    revoked,
    unit,
)
from tests.component.lab import Lab, until
from tests.component.sources import Source

PEOPLE, ROUNDS = 4000, 3
GOAL, BESIDE = 9000, 15_000
LIVE, LOOP = ("libs.runtime", "certificates", "project"), ("tests.bench.getmany",)


async def measure(servers: Servers) -> None:
    """Ten events a person: registered, eight entries, one of them deleted. Each round on topics
    of its own, and in each the three after one another."""
    found = [await _round(servers) for _ in range(ROUNDS)]
    rate = told.median(taken for taken, _, _ in found)
    told.figure(
        f"live projector {rate:,.0f} events/s",
        f"a Faust agent that only counts {told.median(c for _, c, _ in found):,.0f}/s",
        told.median(taken / counted for taken, counted, _ in found),
        f"{GOAL:,}/s beside {BESIDE:,}/s",
        rate >= GOAL,
    )
    looped = told.median(loop for _, _, loop in found)
    told.note(
        f"a getmany loop with the same fold {looped:,.0f}/s, "
        f"ratio {told.median(taken / loop for taken, _, loop in found):.2f}"
    )


async def _round(servers: Servers) -> tuple[float, float, float]:
    """Events a second: the projector, the agent that counts, the loop."""
    prefix = sources.prefix()
    speaking = [await sources.make(servers, module, prefix) for module in (hours, identity, policy)]
    own = [await lab.make(servers, compose(Settings()), prefix) for _ in range(2)]
    try:
        events = await _published(*speaking)
        counted = await asyncio.to_thread(_counted, own[0], events)
        taken = await asyncio.to_thread(_taken, own[0], events, LIVE)
        looped = await asyncio.to_thread(_taken, own[1], events, LOOP)
    finally:
        lab.unmake(servers, [*own, *(one.lab for one in speaking)])
    return taken, counted, looped


async def _published(of_hours: Source, of_identity: Source, of_policy: Source) -> int:
    people = [uuid4() for _ in range(PEOPLE)]
    await of_policy.say(published())
    await of_identity.say(unit(), *(registered(person) for person in people))
    for start in range(0, PEOPLE, 500):
        some = people[start : start + 500]
        entries = [[recognised(person, "12") for person in some] for _ in range(8)]
        await of_hours.say(*(one for each in entries for one in each))
        await of_hours.say(*(revoked(one) for one in entries[0]))
    async with AsyncExitStack() as stack:
        heads = 0
        for source in (of_hours, of_identity, of_policy):
            await stack.enter_async_context(source.lab.at_work("relay"))
            heads += await source.lab.one("SELECT max(position) FROM events")

        async def all_published() -> bool:
            cursors = [
                await s.lab.one("SELECT cursor FROM relay")
                for s in (of_hours, of_identity, of_policy)
            ]
            return bool(sum(cursors) == heads)

        await until(all_published, 120)
    return heads


def _counted(own: Lab, events: int) -> float:
    topics = [f"{own.settings.prefix}{c}.events" for c in ("hours", "identity", "policy")]
    return float(said("tests.bench.counting", own.settings.kafka, str(events), *topics))


def _taken(own: Lab, events: int, argv: tuple[str, ...]) -> float:
    """From the first batch in the database to the last, looked at from outside."""
    with (
        TemporaryDirectory(prefix="bench-") as folder,
        process(Path(folder), environment(own, Path(folder)), *argv) as running,
        psycopg.connect(own.settings.database, autocommit=True) as conn,
    ):
        first, began = 0, 0.0
        while (kept := _kept(conn)) < events:
            if running.poll() is not None:
                raise RuntimeError((Path(folder) / "processes.log").read_text()[-2000:])
            if kept and not first:
                first, began = kept, time.perf_counter()
            time.sleep(0.02)
        return (events - first) / (time.perf_counter() - began)


def _kept(conn: psycopg.Connection) -> int:
    row = conn.execute("SELECT coalesce(max(position), 0) FROM kept").fetchone()
    return int(row[0]) if row else 0
