"""One clock: real time plus an offset that is fixed once, when a province is first made."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """Instants in UTC. The offset stands in a file that is read again each second.

    Without a file it is the real time. It may be moved forward, never back.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = timedelta()
        self._read_at = float("-inf")

    def now(self) -> datetime:
        """This instant."""
        if self._file is not None and time.monotonic() - self._read_at >= 1:
            self._offset = timedelta(seconds=json.loads(self._file.read_text())["offset_seconds"])
            self._read_at = time.monotonic()
        return datetime.now(UTC) + self._offset


def start(file: Path, starts: datetime) -> None:
    """Fix the offset so that now is `starts`, unless it was fixed before."""
    if not file.exists():
        _write(file, starts - datetime.now(UTC))


def move_to(file: Path, instant: datetime) -> None:
    """Move the clock forward; ValueError when that would be back."""
    offset = instant - datetime.now(UTC)
    if offset < timedelta(seconds=json.loads(file.read_text())["offset_seconds"]):
        raise ValueError("the clock never goes back")
    _write(file, offset)


def _write(file: Path, offset: timedelta) -> None:
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"offset_seconds": offset.total_seconds()}))
    new.replace(file)
