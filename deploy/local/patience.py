"""Waiting for an effect instead of for a time."""

import time
from collections.abc import Callable


def until(seen: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Look until it is seen; False if it isn't in so many seconds."""
    deadline = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
