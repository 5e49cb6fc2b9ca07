"""The load put on a server by the generator, a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from libs.events.envelope import Actor
from tests.bench.stage import ADMIN, Stage

CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the generator found: latencies in milliseconds."""

    rate: float
    p50: float
    p99: float
    errors: int


class Load:
    """A load that runs until its time is over."""

    def __init__(
        self, stage: Stage, port: int, seconds: float, people: Sequence[Actor], **more: Any
    ) -> None:
        self._seconds = seconds
        plan = {
            "port": port,
            "connections": CONNECTIONS,
            "seconds": seconds,
            "people": [{"id": str(p.id), "token": stage.token(p)} for p in people],
            "admin": stage.token(ADMIN),
        } | more
        file = stage.folder / f"plan-{port}-{seconds}.json"
        file.write_text(json.dumps(plan))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.generator", str(file)], stdout=subprocess.PIPE
        )

    @property
    def goes_on(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def found(self) -> Loaded:
        """Wait until it is over. CalledProcessError."""
        out, _ = self._process.communicate()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, self._process.args)
        said = json.loads(out)
        return Loaded(
            said["commands"] / self._seconds,
            said["p50"] * 1000,
            said["p99"] * 1000,
            said["errors"],
        )


def load(stage: Stage, port: int, seconds: float, **more: Any) -> Loaded:
    """All people, for this long."""
    return Load(stage, port, seconds, stage.people, **more).found()
