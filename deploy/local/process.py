"""One child process: on a leash, in a session of its own, its output in a log file."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")

# The kernel sends a leash's signal when the *thread* that started the child ends. So every child
# is started by this one thread, which lives as long as the process does.
_cradle = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cradle")
_living: set["Process"] = set()


@dataclass(frozen=True)
class Program:
    """What to run: words, settings, where its output goes, how it dies with its parent."""

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None  # None: this process's own
    user: str = "same"  # see leash.py
    orphaned: signal.Signals = signal.SIGKILL  # sent by the kernel when the parent dies
    polite: signal.Signals = signal.SIGTERM  # asks it to stop


def leash(orphaned: signal.Signals = signal.SIGKILL, user: str = "same") -> list[str]:
    """The words before a program's own that put it on a leash held by this process."""
    words = [sys.executable, "-I", "-S", str(LEASH)]
    return [*words, str(os.getpid()), str(int(orphaned)), user, "--"]


class Process:
    """A program that has been started."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._popen = _cradle.submit(self._spawn).result()

    def _spawn(self) -> subprocess.Popen[bytes]:
        program = self.program
        program.log.parent.mkdir(parents=True, exist_ok=True)
        with program.log.open("ab") as log:
            self._from = log.tell()
            popen = subprocess.Popen(
                [*leash(program.orphaned, program.user), *program.argv],
                env=program.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal is for the parent alone
            )
        _living.add(self)  # here, so that an interrupted start is known as well
        return popen

    @property
    def pid(self) -> int:
        """The program's own process id."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it runs (or is paused)."""
        return self._popen.poll() is None

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code, or None if it still runs after so long."""
        try:
            return self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def send(self, what: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        self._popen.send_signal(what)

    def ask(self) -> None:
        """Ask it to stop, and don't wait."""
        if self.alive:
            self.send(self.program.polite)
            self.send(signal.SIGCONT)  # it may be paused

    def stop(self, patience: float = 15.0) -> None:
        """Ask it to stop; kill it with all it started if it doesn't in time."""
        self.ask()
        self.wait(patience)
        self.kill()

    def kill(self) -> None:
        """End it and everything that it started at once, as a power cut would."""
        if self not in _living:
            return
        strays = descendants(self.pid) if self.alive else []
        self._popen.kill()
        self._popen.wait()
        _living.discard(self)
        for stray in strays:
            with suppress(ProcessLookupError):
                os.kill(stray, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)  # what it left in its own group

    def last_words(self, lines: int = 12) -> str:
        """The end of what it has logged; earlier lives don't count."""
        with suppress(FileNotFoundError):
            said = self.program.log.read_bytes()[self._from :].decode(errors="replace")
            return "\n".join(said.splitlines()[-lines:])
        return ""


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs: read from /proc, the process itself not included."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found


def end_all(within: Path = Path("/")) -> None:
    """Kill whatever runs with its log in this folder: the last net before the folder goes."""
    for process in list(_living):
        if process.program.log.is_relative_to(within):
            process.kill()
