"""What stays of a run that failed: its logs, until the next failure takes their place."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

FAILED = "failed"
DATA = "data"  # of a server: what Kafka calls logs there are its records


def kept(failure: Exception, folder: Path) -> None:
    """Lay the logs of a folder that is about to go beside it, and say so in the failure."""
    stays = folder.parent / FAILED
    shutil.rmtree(stays, ignore_errors=True)
    for log in logs(folder):
        place = stays / log.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(log, place)
    if stays.exists():
        failure.args = tuple(_moved(word, folder, stays) for word in failure.args)
        failure.add_note(f"The logs of {folder} stay in {stays}, until the next failure.")


def logs(folder: Path) -> Iterator[Path]:
    """What programs wrote about themselves in this folder."""
    for place, below, files in os.walk(folder):
        below[:] = [name for name in below if name != DATA]
        yield from (Path(place, name) for name in files if name.endswith(".log"))


def _moved(word: object, folder: Path, stays: Path) -> object:
    return word.replace(str(folder), str(stays)) if isinstance(word, str) else word
