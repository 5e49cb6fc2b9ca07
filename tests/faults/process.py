"""A process as the product runs it, but it may exit at a named function.

`python -m tests.faults.process MODULE ROLES`. JIXU_TEST_CRASH names the point:
`module:Class.function:entry` or `:return`, then which call of it (1 = the first), and, after
another colon, a text that must be among its arguments. JIXU_TEST_PAUSE names a point at which
it stops dead (SIGSTOP) instead. JIXU_TEST_CRASH_ONCE is a file in which a point may stand: it
is gone once the process has exited there, so that whoever starts it again need not know.
"""

import importlib
import inspect
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy.local import everything
from libs.runtime.__main__ import run

STATUS = 77


def end() -> None:
    """A power cut."""
    os._exit(STATUS)


def pause() -> None:
    """A process that stands still, with whatever it holds."""
    os.kill(os.getpid(), signal.SIGSTOP)


def plant(point: str, act: Callable[[], None]) -> None:
    """Make the named function do this to its process."""
    module, name, edge, nth, *among = point.split(":")
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original: Callable[..., Any] = getattr(owner, last)
    left = int(nth)

    def reached(*args: Any) -> bool:
        nonlocal left
        if among and not any(among[0] == str(a) for a in args):
            return False
        left -= 1
        return left == 0

    def act_if(reached: bool) -> None:
        if reached:
            act()

    if inspect.iscoroutinefunction(original):

        async def wrapped(*args: Any, **kwargs: Any) -> Any:
            hit = reached(*args)
            act_if(hit and edge == "entry")
            found = await original(*args, **kwargs)
            act_if(hit and edge == "return")
            return found

        setattr(owner, last, wrapped)
    else:

        def wrapped_too(*args: Any, **kwargs: Any) -> Any:
            hit = reached(*args)
            act_if(hit and edge == "entry")
            found = original(*args, **kwargs)
            act_if(hit and edge == "return")
            return found

        setattr(owner, last, wrapped_too)


def plant_once(file: Path) -> None:
    """Exit at the point that stands in the file, if there is one; the file goes first."""

    def act() -> None:
        file.unlink()
        end()

    if file.exists():
        plant(file.read_text(), act)


def main(module: str, role: str) -> None:
    """Every service in one process, or one service in some roles."""
    if module == everything.__name__:
        everything.main(role)
        return
    found = importlib.import_module(module)
    run(found.compose, module.removesuffix(".service").rpartition(".")[2], role, [])


if __name__ == "__main__":
    for variable, act in (("JIXU_TEST_CRASH", end), ("JIXU_TEST_PAUSE", pause)):
        if variable in os.environ:
            plant(os.environ[variable], act)
    if "JIXU_TEST_CRASH_ONCE" in os.environ:
        plant_once(Path(os.environ["JIXU_TEST_CRASH_ONCE"]))
    main(sys.argv[1], sys.argv[2])
