"""Policy at work, for two officials of the province."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI

from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.policy.drafts import draft
from libs.runtime import clock
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.policy.service import compose
from tests.component import lab, signing
from tests.component.feeding import Feed
from tests.component.lab import AT
from tests.component.signing import As


def official() -> Actor:
    """Somebody of the province's bureau."""
    return Actor(uuid4(), Role.PROVINCE_BUREAU, session_id=uuid4())


@dataclass(frozen=True)
class Policy:
    """The service, and clients for whoever asks."""

    app: FastAPI
    feed: Feed
    as_: As
    author: Actor
    approver: Actor

    async def publish(self, name: str) -> None:
        """A draft becomes law."""
        pack = draft(name)
        async with self.as_(self.author) as client:
            content = {"content": json.loads(pack.canonical_json())}
            answer = await client.post(f"/packs/{name}/proposals", json=content)
            assert answer.status_code == 201, answer.text
        async with self.as_(self.approver) as client:
            answer = await client.post(f"/packs/{name}/approval", json={"digest": pack.digest})
            assert answer.is_success, answer.text


@pytest.fixture
async def policy(servers: Servers, tmp_path: Path) -> AsyncIterator[Policy]:
    """On 20 December 2024, nothing published yet."""
    ticking = tmp_path / "clock.json"
    clock.start(ticking, AT)
    more = {"clock": ticking, "token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, compose(Settings()), "", more, topics=False)
    feed = Feed(mine)
    await feed.current("identity")
    app = app_of(mine.found, mine.settings)
    async with signing.clients(app, mine.clock) as as_:
        yield Policy(app, feed, as_, official(), official())
    lab.unmake(servers, [mine])
