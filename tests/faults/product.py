"""What tests do with the product at work: click in it, read it, break it, operate it."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from joserfc.jwk import OKPKey

from deploy.local.programs import is_ready
from deploy.local.secrets import secrets_of
from deploy.local.server import Servers
from deploy.local.story.scene import Scene
from deploy.local.supervisor import Supervisor
from deploy.local.wiring import Wiring
from libs.events.envelope import Actor, Role
from libs.runtime.clock import Clock
from libs.runtime.tokens import sign
from tests.component.lab import until

A_MINUTE = 60.0


@dataclass
class Product:
    """A province of which anything may break."""

    servers: Servers
    scene: Scene
    supervisor: Supervisor
    learners: Iterator[UUID]

    @property
    def wiring(self) -> Wiring:
        """Its settings."""
        return self.scene.wiring

    def somebody(self, count: int) -> list[UUID]:
        """So many learners whom no other test has."""
        found = list(islice(self.learners, count))
        assert len(found) == count, "not enough people for all these tests"
        return found

    def token(self, person: UUID) -> str:
        """A learner's token."""
        return self._badges.of(person, lambda: Actor(person, Role.LEARNER, session_id=uuid4()))

    def admin_token(self) -> str:
        """The unit's general admin's."""
        general = self.scene.cast.callers["general"]
        ids = UUID(general.account_id), Role.UNIT_ADMIN, UUID(general.unit_id)
        return self._badges.of(ids[0], lambda: Actor(*ids, session_id=uuid4()))

    @cached_property
    def _badges(self) -> "_Badges":
        return _Badges(self.wiring)

    def rows(self, service: str, query: str, *params: object) -> list[tuple[object, ...]]:
        """What a service's database says."""
        options = "-c search_path=views,private,public"
        with psycopg.connect(self.wiring.databases[service].owner, options=options) as conn:
            return conn.execute(query.encode(), params).fetchall()

    def kill(self, name: str) -> None:
        """A power cut for one process; its supervisor starts it again."""
        self.supervisor.process(name).send(signal.SIGKILL)

    async def crash_at(self, name: str, point: str) -> None:
        """One process is started anew, to exit at this point."""
        self._planted(name).write_text(point)
        before = self.supervisor.process(name)
        self.kill(name)

        async def anew() -> bool:
            return self.supervisor.process(name) is not before

        await until(anew)

    async def crashed(self, name: str) -> None:
        """Wait until it has exited at its point."""

        async def gone() -> bool:
            return not self._planted(name).exists()

        await until(gone, 60)

    def crash_no_more(self) -> None:
        """Points that were never reached are forgotten."""
        for planted in points(self.wiring).iterdir():
            planted.unlink(missing_ok=True)

    def _planted(self, name: str) -> Path:
        return points(self.wiring) / name

    def pause(self, name: str) -> None:
        """One process stands still, with whatever it holds, until it is killed."""
        self.supervisor.process(name).send(signal.SIGSTOP)

    def said(self, name: str, words: str) -> int:
        """How often a process has logged these words."""
        log = self.wiring.folder / f"logs/{name}.log"
        return log.read_text(errors="replace").count(words)

    def last_words(self, contexts: Collection[str]) -> str:
        """What the processes of these contexts logged last."""
        logs = sorted((self.wiring.folder / "logs").glob("*.log"))
        tails = {
            log.name: log.read_text(errors="replace").splitlines()[-12:]
            for log in logs
            if log.name.partition("-")[0] in contexts
        }
        return "\n".join(line for name, tail in tails.items() for line in (f"-- {name}", *tail))

    def operator(self, service: str, *words: str, crash: str = "") -> subprocess.Popen[str]:
        """An operator's command, begun."""
        planted = {"JIXU_TEST_CRASH": crash} if crash else {}
        argv = ["-m", "libs.runtime", service, *words]
        if crash:
            argv = ["-m", "tests.faults.process", f"services.{service}.service", *words]
        return subprocess.Popen(
            [sys.executable, *argv],
            env=self.wiring.environment(service) | planted,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    async def operate(self, service: str, *words: str) -> str:
        """An operator's command, done; what it printed."""
        running = self.operator(service, *words)
        said, _ = await asyncio.to_thread(running.communicate)
        assert running.returncode == 0, said
        return said

    async def is_ready(self) -> None:
        """Every service answers again."""

        async def ready() -> bool:
            return await asyncio.to_thread(is_ready, self.wiring.address)

        await until(ready, 60)


class _Badges:
    """Tokens, each used for a minute of the five that it lives."""

    def __init__(self, wiring: Wiring) -> None:
        self._key = OKPKey.import_key(json.loads(secrets_of(wiring.folder)["signing"]))
        self._clock = Clock(wiring.clock)
        self._made: dict[UUID, tuple[float, str]] = {}

    def of(self, person: UUID, actor: Callable[[], Actor]) -> str:
        """This person's."""
        at, made = self._made.get(person, (0.0, ""))
        if not made or time.monotonic() - at > A_MINUTE:
            made = sign(actor(), self._key, self._clock.now())
            self._made[person] = time.monotonic(), made
        return made


def points(wiring: Wiring) -> Path:
    """Where the points stand at which processes will exit."""
    return wiring.folder / "crashes"
