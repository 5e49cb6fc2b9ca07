"""A process exits at a named point and is started again: nothing is lost, nothing is doubled."""

import asyncio
from pathlib import Path

import pytest

from tests.component.conftest import Pair
from tests.component.lab import until
from tests.faults import clicking
from tests.faults.process import STATUS
from tests.faults.running import Process, processes

WEB = {
    "after append, before the commit": "psycopg:AsyncConnection.execute:entry:3:COMMIT",
    "after the commit, before the answer": "libs.runtime.log.streams:Streams.remember:entry:3",
}
OUTBOUND, INBOUND = "libs.runtime.outbound", "libs.runtime.inbound"
RELAY = {
    "after the send, before the acknowledgement": f"{OUTBOUND}.relay:Publisher._flush:return:2",
    "after the acknowledgement, before the cursor": f"{OUTBOUND}.relay:move:entry:1",
    "after the cursor": f"{OUTBOUND}.relay:move:return:1",
}
REACT = {
    "before the consumer's commit": "libs.runtime.log.batch:Work.writes:return:1",
    "after the consumer's commit, before the offset": f"{INBOUND}.taking:Taker.take:return:1",
}
ACCOUNTS = clicking.accounts(8)
AMOUNTS = range(1, 6)


@pytest.mark.parametrize("point", WEB | RELAY | REACT)
async def test_a_crash_loses_and_doubles_nothing(pair: Pair, tmp_path: Path, point: str) -> None:
    web = Process(pair.tally, "tests.component.tally", "web", tmp_path)
    relay = Process(pair.tally, "tests.component.tally", "relay", tmp_path)
    react = Process(pair.mirror, "tests.component.mirror", "react", tmp_path)
    with processes(web, relay, react):
        crashing = web if point in WEB else relay if point in RELAY else react
        for one in (web, relay, react):
            one.start((WEB | RELAY | REACT)[point] if one is crashing else None)
        await web.answers()
        under_way = asyncio.create_task(clicking.clicks(web, ACCOUNTS, AMOUNTS))
        assert await crashing.crashed() == STATUS
        crashing.start()
        await under_way
        await until(lambda: clicking.all_noted(pair, ACCOUNTS, AMOUNTS))
    await clicking.nothing_doubled(pair, len(ACCOUNTS) * len(AMOUNTS))
