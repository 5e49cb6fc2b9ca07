"""The supervisor: starts named programs, starts a dead one again, stops them all in order."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from deploy.local.process import Process, Program

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
GOOD_LIFE = 30.0  # seconds after which an end counts as the first one again


def next_pause(last: float | None, lived: float) -> float:
    """How long to wait before the next start: doubled each time, unless it lived well."""
    if last is None or lived >= GOOD_LIFE:
        return FIRST_PAUSE
    return min(last * 2, LONGEST_PAUSE)


class Supervisor:
    """Keeps programs running until it is told to stop.

    One thread a program: it starts it, waits for its end, tells of it in one line, starts it again.
    """

    def __init__(self, programs: Sequence[Program], say: Callable[[str], None] = print) -> None:
        self._programs = tuple(programs)
        self._say = say
        self._stopping = threading.Event()
        self._running: dict[str, Process] = {}
        self._keepers = [
            threading.Thread(target=self._keep, args=[program], name=program.name, daemon=True)
            for program in self._programs
        ]

    def start(self) -> None:
        """Start every program, in order."""
        for program, keeper in zip(self._programs, self._keepers, strict=True):
            self._running[program.name] = Process(program)
            keeper.start()

    def stop(self) -> None:
        """Stop every program, the last one first; none is started again."""
        self._stopping.set()
        for program in reversed(self._programs):
            if process := self._running.get(program.name):
                process.stop()
        for keeper in self._keepers:
            if keeper.is_alive():
                keeper.join()
        for process in self._running.values():
            process.kill()

    def process(self, name: str) -> Process:
        """The process that carries this name now, for tests that kill or pause it."""
        return self._running[name]

    def _keep(self, program: Program) -> None:
        pause: float | None = None
        while not self._stopping.is_set():
            process = self._running[program.name]
            born = time.monotonic()
            code = process.wait()
            process.kill()  # what it left of its own children
            if self._stopping.is_set():
                return
            pause = next_pause(pause, time.monotonic() - born)
            self._say(
                f"{program.name} ended ({_told(code)}); starting it again in {pause:.1f} s "
                f"(its log: {program.log})"
            )
            if not self._stopping.wait(pause):
                self._running[program.name] = Process(program)


def _told(code: int | None) -> str:
    return f"by signal {-code}" if code is not None and code < 0 else f"code {code}"


@contextmanager
def supervised(
    programs: Sequence[Program], say: Callable[[str], None] = print
) -> Iterator[Supervisor]:
    """Programs that run inside the block and are gone after it."""
    supervisor = Supervisor(programs, say)
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()
