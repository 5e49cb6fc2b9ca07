"""Headers that no honest client sends: a refusal, and nothing changes."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import pytest

from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from tests.component import lab, signing, tally
from tests.component.lab import Lab

ODD = (b"", b"..", b"\xff\xfe\x80", "继续教育".encode(), b"a\tb", b'""""', b"x" * 8000)
HEADERS = {
    "Authorization": (401, "token-missing", b"Bearer %s"),
    "Idempotency-Key": (400, "key-missing", b"%s"),
    "If-Match": (400, "if-match-malformed", b"%s"),
}
ADD = {"amount": 4}


class Counter(NamedTuple):
    """The small context, and somebody at its API."""

    lab: Lab
    client: httpx.AsyncClient


@pytest.fixture
async def counter(servers: Servers, tmp_path: Path) -> AsyncIterator[Counter]:
    """A counter that is open."""
    more = {"token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, tally.compose(Settings()), "", more, topics=False)
    async with signing.clients(app_of(mine.found, mine.settings), mine.clock) as as_:
        yield Counter(mine, as_(Actor(uuid4(), Role.LEARNER, session_id=uuid4())))
    lab.unmake(servers, [mine])


@pytest.mark.parametrize("name", HEADERS)
async def test_an_odd_header_is_refused_and_changes_nothing(counter: Counter, name: str) -> None:
    status, rule, whole = HEADERS[name]
    for odd in ODD:
        header: dict[str, Any] = {name: whole % odd}  # in bytes, as httpx lets one do
        answer = await counter.client.post(f"/accounts/{uuid4()}/amounts", headers=header, json=ADD)
        assert (answer.status_code, answer.json()["rule"]) == (status, rule), odd
    assert await counter.lab.one("SELECT count(*) FROM events") == 0
