"""Batches of items at the counter: one answer each, and none harms another."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from libs.runtime.web.limits import MOST_AT_ONCE
from tests.component import lab, signing, tally

SOMEBODY = Actor(UUID(int=7), Role.LEARNER, session_id=UUID(int=8))


@pytest.fixture
async def client(servers: Servers, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the counter of tally."""
    keys = {"token_keys": signing.write_keys(tmp_path)}
    made = await lab.make(servers, tally.compose(Settings()), f"t{uuid.uuid4().hex[:8]}.", keys)
    async with signing.clients(app_of(made.found, made.settings), made.clock) as clients:
        yield clients(SOMEBODY)
    lab.unmake(servers, [made])


async def test_an_item_that_fails_is_its_own_problem(client: httpx.AsyncClient) -> None:
    """One is refused by a rule, one meets a defect; the others have been done and are told so."""
    account, key = uuid4(), uuid4().hex
    for _ in range(2):  # repeated under the same key nothing is done twice
        answer = await client.post(
            f"/accounts/{account}/several-amounts",
            json={"amounts": [1, -1, tally.LIMIT, 2]},
            headers={"Idempotency-Key": key},
        )
        assert answer.status_code == 200
        refused = [item["refused"] and item["refused"]["rule"] for item in answer.json()]
        assert refused == [None, "failed", "over-the-limit", None]
        assert answer.json()[1]["refused"]["status"] == 500
        assert [item["version"] for item in answer.json()] == [1, None, None, 2]
    assert (await client.get(f"/accounts/{account}")).json() == {"total": 3, "count": 2}


async def test_a_key_serves_one_batch_only(client: httpx.AsyncClient) -> None:
    """Another content is refused whole, at once or later, whichever item was done the first time;
    the same is answered again."""
    account, key = uuid4(), uuid4().hex

    async def send(*amounts: int) -> tuple[int, Any]:
        answer = await client.post(
            f"/accounts/{account}/several-amounts",
            json={"amounts": amounts},
            headers={"Idempotency-Key": key},
        )
        said = answer.json()
        return answer.status_code, said["rule"] if answer.is_error else [i["version"] for i in said]

    assert await send(tally.LIMIT + 1) == (200, [None])  # nothing was done: the key is still free
    at_once = await asyncio.gather(*(send(tally.LIMIT + 1, n) for n in range(1, 9)))
    (done,) = [n for n, answer in enumerate(at_once, 1) if answer == (200, [None, 1])]
    assert at_once.count((422, "key-reused")) == 7
    assert await send(3) == (422, "key-reused")
    assert await send(3, 4, 5) == (422, "key-reused")
    assert await send(tally.LIMIT + 1, done) == (200, [None, 1])
    assert (await client.get(f"/accounts/{account}")).json() == {"total": done, "count": 1}


@pytest.mark.parametrize("many", [0, MOST_AT_ONCE + 1])
async def test_a_batch_has_bounds(client: httpx.AsyncClient, many: int) -> None:
    answer = await client.post(f"/accounts/{uuid4()}/several-amounts", json={"amounts": [1] * many})
    assert answer.status_code == 422
    assert answer.json()["field"] == "amounts"
