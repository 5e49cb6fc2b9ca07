"""`make bench`: every figure, or those named: `python -m tests.bench commands papers`."""

import asyncio
import os
import sys

from deploy.local.choice import choose
from deploy.local.containers import images_here
from deploy.local.folders import passing
from deploy.local.servers import running, servers_of
from tests.bench import (
    commands,
    deleting,
    granting,
    papers,
    projecting,
    publishing,
    rebuilding,
)

FIGURES = {
    "commands": commands.measure,
    "relay": publishing.measure,
    "projector": projecting.measure,
    "rebuild": rebuilding.measure,
    "deletion": deleting.measure,
    "grant": granting.measure,
    "papers": papers.measure,
}


def main() -> None:
    """Run."""
    for key in ("JIXU_HOURS_TEXT_KEY", "JIXU_MATCH_KEY"):
        os.environ.setdefault(key, "00" * 32)
    with (
        passing("bench") as folder,
        running(servers_of(choose(os.environ, images_here()), folder)) as servers,
    ):
        for name in sys.argv[1:] or FIGURES:
            asyncio.run(FIGURES[name](servers))


if __name__ == "__main__":
    main()
