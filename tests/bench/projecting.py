"""The live projector, Faust to PostgreSQL, beside a Faust agent that only counts."""

import asyncio
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from psycopg import AsyncConnection

from deploy.local.server import Servers
from libs.events import hours, identity, policy
from libs.runtime import database
from libs.runtime.settings import Settings
from services.certificates.service import compose
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
from tests.faults.running import Process, processes

PEOPLE = 5000
MODULE = "services.certificates.service"


async def measure(servers: Servers) -> None:
    """Ten events a person: registered, eight entries, one of them deleted."""
    prefix = sources.prefix()
    said = [await sources.make(servers, module, prefix) for module in (hours, identity, policy)]
    own = await lab.make(servers, compose(Settings()), prefix)
    try:
        events = await _published(*said)
        counted = await _counted(own, events)
        taken = await _taken(own, events)
        sys.stdout.write(
            f"live projector, {events:,} events: {taken:,.0f}/s; "
            f"a Faust agent that only counts {counted:,.0f}/s; ratio {taken / counted:.2f}\n"
        )
    finally:
        lab.unmake(servers, [own, *(one.lab for one in said)])


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


async def _counted(own: Lab, events: int) -> float:
    topics = [f"{own.settings.prefix}{c}.events" for c in ("hours", "identity", "policy")]
    words = ("-m", "tests.bench.counting", own.settings.kafka, str(events), *topics)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    said, _ = await process.communicate()
    return float(said)


async def _taken(own: Lab, events: int) -> float:
    """From the first batch in the database to the last, looked at from outside."""
    with TemporaryDirectory() as folder:
        projector = Process(own, MODULE, "project", Path(folder))
        with processes(projector):
            projector.start()
            async with await database.connect(own.settings.database) as conn:
                first, began = 0, 0.0
                while (kept := await _kept(conn)) < events:
                    if kept and not first:
                        first, began = kept, time.perf_counter()
                    await asyncio.sleep(0.05)
                return float((events - first) / (time.perf_counter() - began))


async def _kept(conn: AsyncConnection) -> int:
    row = await (await conn.execute("SELECT coalesce(max(position), 0) FROM kept")).fetchone()
    return int(row[0]) if row else 0
