"""A process exits at a named point and is started again: nothing is lost, nothing is doubled."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from tests.component.conftest import Pair
from tests.component.lab import until
from tests.faults.process import STATUS
from tests.faults.running import Process, processes, token

WEB = {
    "after append, before the commit": "psycopg:AsyncConnection.execute:entry:3:COMMIT",
    "after the commit, before the answer": "libs.runtime.streams:Streams.remember:entry:3",
}
RELAY = {
    "after the send, before the acknowledgement": "libs.runtime.relay:Publisher._flush:return:2",
    "after the acknowledgement, before the cursor": "libs.runtime.relay:move:entry:1",
    "after the cursor": "libs.runtime.relay:move:return:1",
}
REACT = {
    "before the consumer's commit": "libs.runtime.batch:Work.writes:return:1",
    "after the consumer's commit, before the offset": "libs.runtime.taking:Taker.take:return:1",
}
ACCOUNTS = [uuid4() for _ in range(8)]


async def click(client: httpx.AsyncClient, web: Process, account: UUID, amount: int) -> None:
    """Add, as a client does that repeats its key until it has an answer."""
    key = {"Idempotency-Key": f"{account}-{amount}"}
    async with asyncio.timeout(60):
        while True:
            try:
                url = f"{web.url}/accounts/{account}/amounts"
                answer = await client.post(url, json={"amount": amount}, headers=key)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.status_code == 201:
                return
            assert answer.status_code == 503, answer.text


async def clicks(web: Process, amounts: range) -> None:
    """Every account has these amounts added in order, all accounts at once."""

    async def one(client: httpx.AsyncClient, account: UUID) -> None:
        for amount in amounts:
            await click(client, web, account, amount)

    headers = {"Authorization": f"Bearer {token()}"}
    async with httpx.AsyncClient(headers=headers, timeout=15) as client:
        await asyncio.gather(*(one(client, account) for account in ACCOUNTS))


async def all_noted(pair: Pair, amounts: range) -> bool:
    expected = [(account, " ".join(map(str, amounts))) for account in sorted(ACCOUNTS)]
    return await pair.mirror.rows("SELECT account_id, amounts FROM notes ORDER BY 1") == expected


async def nothing_doubled(pair: Pair, amounts: range) -> None:
    for lab in pair:
        (found,) = await lab.rows("SELECT count(*), max(position) FROM events")
        assert found == (len(ACCOUNTS) * len(amounts), len(ACCOUNTS) * len(amounts))


@pytest.mark.parametrize("point", WEB | RELAY | REACT)
async def test_a_crash_loses_and_doubles_nothing(pair: Pair, tmp_path: Path, point: str) -> None:
    amounts = range(1, 6)
    web = Process(pair.tally, "tests.component.tally", "web", tmp_path)
    relay = Process(pair.tally, "tests.component.tally", "relay", tmp_path)
    react = Process(pair.mirror, "tests.component.mirror", "react", tmp_path)
    with processes(web, relay, react):
        crashing = web if point in WEB else relay if point in RELAY else react
        for one in (web, relay, react):
            one.start((WEB | RELAY | REACT)[point] if one is crashing else None)
        await web.answers()
        clicking = asyncio.create_task(clicks(web, amounts))
        assert await crashing.crashed() == STATUS
        crashing.start()
        await clicking
        await until(lambda: all_noted(pair, amounts))
    await nothing_doubled(pair, amounts)
