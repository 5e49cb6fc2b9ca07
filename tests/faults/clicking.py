"""Clients of the tally context that repeat their key until they have an answer, and the count."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import httpx

from tests.component.conftest import Pair
from tests.faults.running import Process, token


def accounts(count: int) -> list[UUID]:
    """So many accounts."""
    return [uuid4() for _ in range(count)]


async def click(client: httpx.AsyncClient, web: Process, account: UUID, amount: int) -> None:
    """Add, as a client does that repeats its key until it has an answer."""
    key = {"Idempotency-Key": f"{account}-{amount}"}
    async with asyncio.timeout(120):
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
            await asyncio.sleep(0.1)


async def clicks(web: Process, of: Sequence[UUID], amounts: range) -> None:
    """Every account has these amounts added in order, all accounts at once."""

    async def one(client: httpx.AsyncClient, account: UUID) -> None:
        for amount in amounts:
            await click(client, web, account, amount)

    headers = {"Authorization": f"Bearer {token()}"}
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(headers=headers, timeout=15, limits=limits) as client:
        await asyncio.gather(*(one(client, account) for account in of))


async def all_noted(pair: Pair, of: Sequence[UUID], amounts: range) -> bool:
    """The follower has every amount of every account, each once, in order."""
    if await pair.mirror.one("SELECT count(*) FROM events") < len(of) * len(amounts):
        return False
    found = dict(await pair.mirror.rows("SELECT account_id, amounts FROM notes"))
    said = " ".join(map(str, amounts))
    assert found == dict.fromkeys(of, said)
    return True


async def nothing_doubled(pair: Pair, count: int) -> None:
    """Both logs have exactly so many events and no gap; nothing is set aside."""
    for lab in pair:
        found = await lab.rows("SELECT count(*), max(position) FROM events")
        assert found == [(count, count)]
    assert await pair.mirror.one("SELECT count(*) FROM aside") == 0
