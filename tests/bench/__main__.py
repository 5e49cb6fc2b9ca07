"""`make bench`: every figure, or those named."""

import asyncio
import os

from deploy.local.choice import choose
from deploy.local.containers import images_here
from deploy.local.folders import passing
from deploy.local.servers import running, servers_of
from tests.bench import commands


def main() -> None:
    """Run."""
    os.environ.setdefault("JIXU_HOURS_TEXT_KEY", "00" * 32)
    with (
        passing("bench") as folder,
        running(servers_of(choose(os.environ, images_here()), folder)) as servers,
    ):
        asyncio.run(commands.measure(servers))


if __name__ == "__main__":
    main()
