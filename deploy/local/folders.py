"""Folders for servers: one that goes at the end, and one that stays."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from deploy.local import remains
from deploy.local.layout import LOCAL
from deploy.local.patience import until
from deploy.local.process import end_all

LOCK = "in-use"


class InUse(Exception):
    """Somebody else works in this folder."""


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Hold a folder as the only one; the kernel lets go of it when this process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise InUse(str(folder)) from None
    try:
        yield folder
    finally:
        os.close(handle)


def is_held(lock: Path) -> bool:
    """Whether somebody holds this lock; it isn't touched."""
    try:
        handle = os.open(lock, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def emptied(folder: Path) -> None:
    """Remove what is in a folder that is held, but for the lock."""
    for inside in folder.iterdir():
        if inside.name == LOCK:
            continue
        if inside.is_dir() and not inside.is_symlink():
            remove(inside)
        else:
            inside.unlink()


def anew(folder: Path) -> None:
    """An empty folder, for nobody else to read; what was in it is gone."""
    remove(folder)
    folder.mkdir(mode=0o700)


@contextmanager
def passing(purpose: str, parent: Path = LOCAL) -> Iterator[Path]:
    """A new folder for demo or tests; it goes at the end, with every process at work in it.

    Of a failure the logs stay (see remains.py).
    """
    parent.mkdir(parents=True, exist_ok=True)
    sweep(purpose, parent)
    folder = Path(mkdtemp(prefix=f"{purpose}-", dir=parent))
    folder.chmod(0o755)
    try:
        with held(folder):
            yield folder
    except Exception as failure:
        end_all(folder)
        with suppress(OSError):  # on a full disk the failure is told all the same
            remains.kept(failure, folder)
        raise
    finally:
        end_all(folder)
        remove(folder)


def sweep(purpose: str, parent: Path = LOCAL) -> None:
    """Remove what a killed run left behind: folders of this purpose that nobody holds."""
    for folder in parent.glob(f"{purpose}-*"):
        try:
            with held(folder):
                remove(folder)
        except InUse:
            continue


def remove(folder: Path) -> None:
    """Remove a folder in which a process that is just dying may still write."""

    def gone() -> bool:
        rmtree(folder, ignore_errors=True)
        return not folder.exists()

    until(gone, 10)
