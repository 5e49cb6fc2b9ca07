"""Processes that run while a figure is measured; none outlives it."""

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local.ports import free_port


@contextmanager
def process(
    folder: Path, environment: Mapping[str, str], *argv: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m` with these words; what it says goes to a log in the folder."""
    with (folder / "processes.log").open("ab") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", *argv],
            env={name: value for name, value in environment.items() if value},
            stdout=out,
            stderr=out,
        )
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def web(folder: Path, environment: Mapping[str, str], *argv: str) -> Iterator[int]:
    """The same, listening; its port, once it is ready. TimeoutError."""
    port = free_port()
    with process(folder, {**environment, "JIXU_PORT": str(port)}, *argv):
        until = time.monotonic() + 180
        while not _ready(port):
            if time.monotonic() > until:
                raise TimeoutError((folder / "processes.log").read_text()[-2000:])
            time.sleep(0.1)
        yield port


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def said(*argv: str) -> str:
    """What a process printed that has ended. CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-m", *argv], check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
    done.check_returncode()
    return done.stdout
