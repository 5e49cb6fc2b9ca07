"""What the figures are measured on: servers, the hours service's processes, people, a plan."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from deploy.local.ports import free_port
from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.events.identity import PersonRegistered, Placement
from libs.runtime import clock
from libs.runtime.composition import Composition
from tests.component import lab, signing
from tests.component.feeding import Feed
from tests.component.hours.conftest import BUREAU, published, registered
from tests.component.lab import Lab

UNIT = uuid4()
ADMIN = Actor(uuid4(), Role.UNIT_ADMIN, UNIT, session_id=uuid4())


@dataclass(frozen=True)
class Stage:
    """The hours service with people, and what a process of it is told."""

    lab: Lab
    feed: Feed
    folder: Path
    people: list[dict[str, str]]

    @property
    def environment(self) -> dict[str, str]:
        """For a process of the service."""
        settings = self.lab.settings
        return dict(os.environ) | {
            "JIXU_DATABASE": settings.database,
            "JIXU_DATABASE_OWNER": settings.database_owner,
            "JIXU_KAFKA": settings.kafka,
            "JIXU_PREFIX": settings.prefix,
            "JIXU_ASIDE_KEY": settings.aside_key.get_secret_value(),
            "JIXU_CLOCK": str(settings.clock),
            "JIXU_TOKEN_KEYS": str(settings.token_keys),
            "JIXU_HOURS_TEXT_KEY": "00" * 32,
            "JIXU_TRACE": str(self.folder / "trace.json"),
        }

    @contextmanager
    def process(self, *argv: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the service while the figure is measured."""
        with (self.folder / "processes.log").open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", *argv],
                env=self.environment | environment,
                stdout=out,
                stderr=out,
            )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    @contextmanager
    def web(self, *argv: str) -> Iterator[int]:
        """A web process that is ready; its port."""
        port = free_port()
        with self.process(*argv, JIXU_PORT=str(port)):
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                        if answer.status == 200:
                            break
                except OSError:
                    time.sleep(0.1)
            yield port

    def load(self, port: int, seconds: float, **more: Any) -> Mapping[str, float]:
        """Put the load on; commands, errors, rate, p50, p99 in seconds."""
        plan = {
            "port": port,
            "connections": 64,
            "seconds": seconds,
            "people": self.people,
            "admin": signing.headers(ADMIN, self.lab.clock)["Authorization"].split()[1],
        } | more
        file = self.folder / "plan.json"
        file.write_text(json.dumps(plan))
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.generator", str(file)],
            check=False,
            capture_output=True,
        )
        sys.stderr.write(done.stderr.decode())
        done.check_returncode()
        found: dict[str, float] = json.loads(done.stdout)
        return found | {"rate": found["commands"] / seconds}


async def set_up(servers: Servers, found: Composition, folder: Path, people: int) -> Stage:
    """The service with this many people, on a database of its own."""
    ticking = folder / "clock.json"
    clock.start(ticking, lab.AT)
    more = {"files": folder, "clock": ticking, "token_keys": signing.write_keys(folder)}
    mine = await lab.make(servers, found, f"b{uuid4().hex[:6]}.", more)
    feed = Feed(mine)
    await feed.say(registered(UNIT), published())
    who = [Actor(uuid4(), Role.LEARNER, session_id=uuid4()) for _ in range(people)]
    placement = Placement(
        unit_id=UNIT,
        bureau_id=BUREAU,
        city="南宁市",
        county="青秀区",
        jurisdiction="CN-GX",
        effective=date(2024, 1, 1),
    )
    for n in range(0, people, 500):
        await feed.say(
            *(
                PersonRegistered(person_id=p.id, placement=placement, confirmed=True)
                for p in who[n : n + 500]
            )
        )
    await feed.current("identity", "policy")
    tokens = [signing.headers(p, mine.clock)["Authorization"].split()[1] for p in who]
    return Stage(
        mine,
        feed,
        folder,
        [{"id": str(p.id), "token": t} for p, t in zip(who, tokens, strict=True)],
    )


async def keep_current(stage: Stage) -> None:
    """Heartbeats of the contexts that are not on stage, until cancelled."""
    while True:
        await stage.feed.current("identity", "policy")
        await asyncio.sleep(1)
