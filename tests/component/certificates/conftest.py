"""A province of the tests: certificates at work, and the logs of hours, identity and policy."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.layout import FONTS
from deploy.local.server import Servers
from libs.events import hours, identity, policy
from libs.events.envelope import Actor, Role
from libs.runtime import clock
from libs.runtime.following.directory import DIRECTORY
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.certificates import keys
from services.certificates.service import compose
from tests.component import lab, signing, sources
from tests.component.certificates import words
from tests.component.feeding import Feed
from tests.component.lab import AT, Lab
from tests.component.signing import As
from tests.component.sources import Source

ADDRESS = "https://jxjy.example.cn/certificates/v"


@dataclass(frozen=True)
class Province:
    """Certificates, and who speaks to it."""

    certificates: Lab
    hours: Source
    identity: Source
    policy: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        """All who speak."""
        return (self.hours, self.identity, self.policy)


@pytest.fixture
async def province(servers: Servers) -> AsyncIterator[Province]:
    """On databases and topics of this test alone."""
    prefix = sources.prefix()
    said = [await sources.make(servers, module, prefix) for module in (hours, identity, policy)]
    own = await lab.make(servers, compose(Settings()), prefix)
    yield Province(own, *said)
    lab.unmake(servers, [own, *(one.lab for one in said)])


@dataclass(frozen=True)
class Office:
    """Certificates behind its API: who asks, and what it hears."""

    app: FastAPI
    lab: Lab
    feed: Feed
    as_: As
    keys: Path

    async def learner(
        self, name: str = "张三丰", where: UUID = words.UNIT, said: bool = True
    ) -> Actor:
        """A learner with a name in the directory."""
        person = uuid4()
        await self.feed.say(words.registered(person, words.placement(where)))
        if said:
            await self.named(person, name)
        return Actor(person, Role.LEARNER, session_id=uuid4())

    async def named(self, person: UUID, name: str, number: str = "4501**********1234") -> None:
        """The directory says this of a person."""
        row = DIRECTORY.row(person_id=person, name=name, masked=number, log_id=person, stamp=1)
        await self.lab.write(row)

    async def has(self, *hours: hours.HoursRecognised) -> None:
        """These hours are recognised."""
        await self.feed.say(*hours)
        await self.heard()

    async def heard(self, ahead: timedelta = timedelta()) -> None:
        """Everything is current, and will be for so long."""
        await self.feed.current("hours", "identity", "policy", ahead=ahead)

    async def generated(self, learner: Actor, kind: str = "annual") -> dict[str, str]:
        """A certificate, and what the API says of it."""
        await self.heard()
        async with self.as_(learner) as client:
            answer = await client.post(f"/years/2024/{kind}")
            assert answer.status_code == 201, answer.text
            said: dict[str, str] = (await client.get(f"/issued/{answer.json()['id']}")).json()
        return said

    async def verified(self, number: str, tail: str = "") -> dict[str, object]:
        """What anybody is told."""
        said: dict[str, object] = (await self.anybody(f"/v/{number}{tail}")).json()
        return said

    async def anybody(self, path: str) -> httpx.Response:
        """A question without a login."""
        async with self.as_(Actor(uuid4(), Role.LEARNER, session_id=uuid4())) as client:
            del client.headers["Authorization"]
            return await client.get(path)


@pytest.fixture
async def office(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """The service at work on 20 December 2024, with its law and one unit."""
    file = tmp_path / "certificates.json"
    keys.ensure(file)
    monkeypatch.setenv("JIXU_CERTIFICATES_KEYS", str(file))
    monkeypatch.setenv("JIXU_CERTIFICATES_FONTS", str(FONTS))
    monkeypatch.setenv("JIXU_CERTIFICATES_ADDRESS", ADDRESS)
    at = tmp_path / "clock.json"
    clock.start(at, AT)
    more = {"clock": at, "token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, compose(Settings()), "", more, topics=False)
    feed = Feed(mine)
    await feed.say(words.published(), words.unit(), words.unit(words.OTHER_UNIT, "广西另一单位"))
    app = app_of(mine.found, mine.settings)
    async with signing.clients(app, mine.clock) as as_:
        yield Office(app, mine, feed, as_, file)
    lab.unmake(servers, [mine])
