"""Running a program with its progress in one line of the terminal, and all of it in a log."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.local.layout import ROOT, SETUP_LOG
from deploy.local.process import leash
from deploy.local.troubles import Trouble, explain


class Line:
    """One line that is written over; where nobody watches, a new line now and then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = self._told = time.monotonic()
        self._terminal = sys.stdout.isatty()

    def tell(self, state: str) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if self._terminal:
            sys.stdout.write(f"\r\x1b[K  {self._name}: {state[:60]}")
        elif now - self._told > 10:
            sys.stdout.write(f"  {self._name}: {state}\n")
            self._told = now
        sys.stdout.flush()

    def end(self) -> None:
        """Show that it is done, and how long it took."""
        over = "\r\x1b[K" if self._terminal else ""
        sys.stdout.write(f"{over}  {self._name}: done in {time.monotonic() - self._began:.1f} s\n")
        sys.stdout.flush()


def follow(
    what: str,
    argv: Sequence[str | Path],
    tell: Callable[[str], None],
    settings: dict[str, str] | None = None,
    cwd: Path = ROOT,
) -> None:
    """Run it to its end; each line it prints goes to `tell` and to the log of set-up."""
    said: list[str] = []
    with (
        SETUP_LOG.open("a") as log,
        subprocess.Popen(
            [*leash(), *(str(word) for word in argv)],
            cwd=cwd,
            env={**os.environ, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # with all that it starts it can be ended
        ) as running,
    ):
        try:
            for line in running.stdout or ():
                log.write(line)
                said.append(line)
                tell(line.strip())
        except KeyboardInterrupt:
            os.killpg(running.pid, signal.SIGKILL)  # what it left half-made is made anew
            raise
    if running.returncode != 0:
        raise Trouble(explain(what, "".join(said[-200:])))
