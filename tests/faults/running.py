"""Processes of the tests' contexts: started, crashed, started again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import httpx
from joserfc.jwk import KeySet, OKPKey

from deploy.local.ports import free_port
from libs.events.envelope import Actor, Role
from libs.runtime.clock import Clock
from libs.runtime.tokens import sign
from tests.component.lab import Lab, until

KEY = OKPKey.generate_key("Ed25519", {"kid": "test"})


def token(role: Role = Role.LEARNER, person: UUID | None = None) -> str:
    """A token that the processes accept."""
    return sign(Actor(person or uuid4(), role, session_id=uuid4()), KEY, Clock().now())


@dataclass
class Process:
    """One process of a context, in some roles, that comes back on the same port."""

    lab: Lab
    module: str
    roles: str
    folder: Path
    port: int = field(default_factory=free_port)
    member: str = ""
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, crash: str | None = None, pause: str | None = None) -> "Process":
        """Start it; with a point planted at which it exits or stands still, if one is named."""
        keys = self.folder / "keys.json"
        keys.write_text(json.dumps(KeySet([KEY]).as_dict(private=False)))
        settings = self.lab.settings
        environment = os.environ | {
            "JIXU_DATABASE": settings.database,
            "JIXU_DATABASE_OWNER": settings.database_owner,
            "JIXU_KAFKA": settings.kafka,
            "JIXU_PREFIX": settings.prefix,
            "JIXU_ASIDE_KEY": settings.aside_key.get_secret_value(),
            "JIXU_PORT": str(self.port),
            "JIXU_TOKEN_KEYS": str(keys),
            "JIXU_MEMBER": self.member,
        }
        if crash:
            environment["JIXU_TEST_CRASH"] = crash
        if pause:
            environment["JIXU_TEST_PAUSE"] = pause
        with (self.folder / f"{self.module}-{self.roles}.log").open("ab") as out:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.process", self.module, self.roles],
                env=environment,
                stdout=out,
                stderr=out,
            )
        return self

    async def crashed(self) -> int:
        """Wait until it has exited, and how."""
        running = self.running
        assert running is not None
        return await asyncio.to_thread(running.wait, 60)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        if self.running is not None:
            self.running.send_signal(number)

    def kill(self) -> None:
        """A power cut."""
        if self.running is not None and self.running.poll() is None:
            self.running.kill()
            self.running.wait()

    async def answers(self) -> None:
        """Wait until its API is ready."""

        async def ready() -> bool:
            try:
                async with httpx.AsyncClient() as client:
                    return (await client.get(f"{self.url}/readyz")).status_code == 200
            except httpx.TransportError:
                return False

        await until(ready)


@contextmanager
def processes(*them: Process) -> Iterator[None]:
    """None of them outlives the test."""
    try:
        yield
    finally:
        for one in them:
            one.kill()
