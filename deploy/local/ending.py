"""How a run ends: Ctrl-C, a closed terminal and a polite kill all lead to the same orderly end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def orderly() -> Iterator[None]:
    """The first such signal interrupts what is being done; more of them don't disturb the end."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {ending: signal.signal(ending, interrupt) for ending in ENDINGS}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
