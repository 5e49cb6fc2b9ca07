"""What figures are measured on: hours and certificates with people, and their processes."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import psycopg

from deploy.local.layout import FONTS
from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.runtime import clock
from libs.runtime.settings import Settings
from libs.runtime.working import working
from services.certificates import keys
from services.certificates.service import compose as certificates
from services.hours.service import compose as hours
from tests.bench.process import process, web
from tests.component import lab, signing
from tests.component.certificates import words
from tests.component.feeding import Feed
from tests.component.lab import Lab

ADMIN = Actor(uuid4(), Role.UNIT_ADMIN, words.UNIT, session_id=uuid4())
WORKERS = {"hours": "relay,react,timer", "certificates": "relay,project,timer"}
AT_ONCE = 500


def environment(of: Lab, folder: Path) -> dict[str, str]:
    """What a process of that service is told."""
    told = of.settings
    return dict(os.environ) | {
        "JIXU_DATABASE": told.database,
        "JIXU_DATABASE_OWNER": told.database_owner,
        "JIXU_KAFKA": told.kafka,
        "JIXU_PREFIX": told.prefix,
        "JIXU_ASIDE_KEY": told.aside_key.get_secret_value(),
        "JIXU_CLOCK": str(told.clock or ""),
        "JIXU_TOKEN_KEYS": str(told.token_keys or ""),
        "JIXU_FILES": str(folder),
        "JIXU_TRACE": str(folder / "trace.json"),
        "JIXU_CERTIFICATES_KEYS": str(folder / "certificates.json"),
        "JIXU_CERTIFICATES_FONTS": str(FONTS),
    }


@dataclass(frozen=True)
class Stage:
    """The two services; the people whom identity has told them of."""

    hours: Lab
    certificates: Lab
    feeds: tuple[Feed, Feed]
    folder: Path
    people: list[Actor]

    def environment(self, of: Lab) -> dict[str, str]:
        """For a process of that service."""
        return environment(of, self.folder)

    @contextmanager
    def web(self, of: Lab, *argv: str) -> Iterator[int]:
        """A web process of that service, or what stands in for it; its port."""
        words = argv or ("libs.runtime", of.found.service.name, "web")
        with web(self.folder, self.environment(of), *words) as port:
            yield port

    @contextmanager
    def workers(self) -> Iterator[None]:
        """Relay, reactions, timers and projector of both, a process each."""
        with ExitStack() as stack:
            for of in (self.hours, self.certificates):
                name = of.found.service.name
                words = ("libs.runtime", name, WORKERS[name])
                stack.enter_context(process(self.folder, self.environment(of), *words))
            yield

    def token(self, actor: Actor) -> str:
        """What this actor shows, for five minutes."""
        return signing.headers(actor, self.hours.clock)["Authorization"].split()[1]

    def left(self) -> int:
        """Events of hours that certificates has not taken in yet."""
        kept = "SELECT count(*) FROM kept WHERE topic LIKE '%%hours.events'"
        return _one(self.hours, "SELECT count(*) FROM events") - _one(self.certificates, kept)


def _one(of: Lab, query: str) -> int:
    with psycopg.connect(of.settings.database, autocommit=True) as conn:
        row = conn.execute(query.encode()).fetchone()
        return int(row[0]) if row else 0


@asynccontextmanager
async def staged(servers: Servers, people: int) -> AsyncIterator[Stage]:
    """The services with this many people, on databases and topics of their own."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        ticking = folder / "clock.json"
        clock.start(ticking, lab.AT)
        keys.ensure(folder / "certificates.json")
        more = {"files": folder, "clock": ticking, "token_keys": signing.write_keys(folder)}
        prefix = f"b{uuid4().hex[:6]}."
        made = [
            await lab.make(servers, compose(Settings(files=folder)), prefix, more)
            for compose in (hours, certificates)
        ]
        who = [Actor(uuid4(), Role.LEARNER, session_id=uuid4()) for _ in range(people)]
        stage = Stage(made[0], made[1], (Feed(made[0]), Feed(made[1])), folder, who)
        for feed in stage.feeds:
            await feed.say(words.unit(), words.published())
            for n in range(0, people, AT_ONCE):
                await feed.say(*(words.registered(p.id) for p in who[n : n + AT_ONCE]))
        async with working(_keep_current(stage)):
            yield stage
        lab.unmake(servers, made)


async def _keep_current(stage: Stage) -> None:
    """Heartbeats of the contexts that are not on stage, until cancelled."""
    while True:
        with suppress(psycopg.Error):  # a busy machine
            for feed in stage.feeds:
                await feed.current("identity", "policy")
        await asyncio.sleep(1)


def entered(person: UUID, claim: str = "") -> str:
    """The path of a claim."""
    return f"/people/{person}/2024/claims" + (f"/{claim}" if claim else "")
