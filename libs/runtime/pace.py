"""Something at most once in a while."""

import time


class Pace:
    """Due when so many seconds have passed since it was due last."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last = float("-inf")

    def due(self) -> bool:
        """Whether it is time again; asking when it is marks it done."""
        now = time.monotonic()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True
