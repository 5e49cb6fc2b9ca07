"""The steps of set-up, each done once: Python packages, Kafka's jars, its warm start, fonts."""

import fcntl
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from deploy.local import asked
from deploy.local.layout import (
    CONSTRAINTS,
    FONTS,
    JAR_LOCK,
    JARS,
    LOCAL,
    NPM_LOCK,
    ROOT,
    SETUP_LOCK,
    SETUP_LOG,
    VENV,
    WARM,
)
from deploy.local.setup.assets import fetch_fonts
from deploy.local.setup.packages import install_packages
from deploy.local.setup.progress import Line, follow
from deploy.local.setup.stamps import Stamp
from deploy.local.troubles import Trouble, folders, too_full

GIGABYTE = 10**9


@dataclass(frozen=True)
class Step:
    """One thing that set-up makes."""

    name: str
    stamp: Stamp
    room: int  # bytes on the disk while it works
    make: Callable[[Callable[[str], None]], None]


def run_module(what: str, *words: str) -> Callable[[Callable[[str], None]], None]:
    """A step that is a module of its own, run by the virtual environment's Python."""
    return lambda tell: follow(what, [VENV / "bin/python", "-m", *words], tell)


_jars = "deploy.local.setup.jars"
_packages = [ROOT / "pyproject.toml", CONSTRAINTS]

STEPS = (
    Step(
        "Python packages",
        Stamp("packages", _packages, VENV / "bin/python"),
        int(1.5 * GIGABYTE),
        install_packages,
    ),
    Step(
        "Kafka", Stamp("jars", [JAR_LOCK], JARS), GIGABYTE // 4, run_module("Kafka", _jars, "fetch")
    ),
    Step(
        "Kafka's warm start",
        Stamp("warm", [JAR_LOCK, CONSTRAINTS], WARM),
        GIGABYTE // 2,
        run_module("Kafka's warm start", "deploy.local.setup.warm"),
    ),
    Step("fonts", Stamp("fonts", [NPM_LOCK], FONTS), GIGABYTE // 2, fetch_fonts),
)


def main(words: list[str]) -> int:
    """Do what isn't done yet, for these words of `make`; 0 if all stands at the end."""
    try:
        asked.before(words)
        folders(LOCAL, VENV)
        if all(step.stamp.stands() for step in STEPS):
            return 0
        with only_one():
            for step in STEPS:
                if not step.stamp.stands():
                    do(step)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nSet-up can't write its files: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up was interrupted; the next run goes on from here.", file=sys.stderr)
        return 130
    return 0


def do(step: Step) -> None:
    """One step, stamped when it is finished."""
    if full := too_full(str(ROOT), shutil.disk_usage(ROOT).free, step.room):
        raise Trouble(full)
    line = Line(step.name)
    line.tell("…")
    step.stamp.remove()
    step.make(line.tell)
    step.stamp.set()
    line.end()


@contextmanager
def only_one() -> Iterator[None]:
    """One set-up at a time in a checkout; the second waits, and then finds all done."""
    LOCAL.mkdir(exist_ok=True)
    with SETUP_LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work in this folder; waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(step.stamp.stands() for step in STEPS):
            print("Setting up, once, into .venv and .local:", flush=True)
            SETUP_LOG.write_text("")
        yield
