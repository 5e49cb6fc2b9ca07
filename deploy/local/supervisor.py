"""The supervisor: starts named programs, starts a dead one again, stops them all in order."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from deploy.local.process import Process, Program

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
GOOD_LIFE = 30.0  # seconds after which an end counts as the first one again

# A program whose server is away may not end by itself: what it did is safe, so it is killed.
HEAD_START = 0.5  # seconds between asking one to stop and asking the next
PATIENCE = 5.0  # seconds for all of them together, once every one has been asked


def next_pause(last: float | None, lived: float) -> float:
    """How long to wait before the next start: doubled each time, unless it lived well."""
    if last is None or lived >= GOOD_LIFE:
        return FIRST_PAUSE
    return min(last * 2, LONGEST_PAUSE)


def aloud(line: str) -> None:
    """One line for whoever looks on, also where the terminal is a file."""
    print(line, flush=True)


def how_it_ended(code: int | None) -> str:
    """An exit code in words."""
    return f"by signal {-code}" if code is not None and code < 0 else f"code {code}"


class Supervisor:
    """Keeps programs running until it is told to stop.

    One thread a program: it starts it, waits for its end, tells of it in one line, starts it again.
    """

    def __init__(self, programs: Sequence[Program], say: Callable[[str], None] = aloud) -> None:
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
        """Stop every program, the last one first; none is started again.

        However many of them hang, this takes seconds.
        """
        self._stopping.set()
        asked = [self._running[p.name] for p in reversed(self._programs) if p.name in self._running]
        for process in asked:
            process.ask()
            process.wait(HEAD_START)
        deadline = time.monotonic() + PATIENCE
        for process in asked:
            process.wait(max(0.0, deadline - time.monotonic()))
            process.kill()
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
                f"{program.name} ended ({how_it_ended(code)}); starting it again in {pause:.1f} s "
                f"(its log: {program.log})"
            )
            if not self._stopping.wait(pause):
                self._running[program.name] = Process(program)


@contextmanager
def supervised(
    programs: Sequence[Program], say: Callable[[str], None] = aloud
) -> Iterator[Supervisor]:
    """Programs that run inside the block and are gone after it."""
    supervisor = Supervisor(programs, say)
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()
