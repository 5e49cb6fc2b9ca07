"""One command line for every service and role: `python -m libs.runtime SERVICE ROLE[,ROLE]`."""

import argparse
import asyncio
import gc
import importlib
import signal
import sys
from typing import cast

import uvloop

from libs.runtime import operating
from libs.runtime.composition import Compose, Composition
from libs.runtime.roles import ROLES
from libs.runtime.serving import app_of, serve, tell_metrics
from libs.runtime.settings import Settings
from libs.runtime.telemetry import logs, tracing


def composed(service: str) -> Compose:
    """The composition root of a service, loaded by name: the one dynamic import."""
    module = importlib.import_module(f"services.{service}.service")
    return cast("Compose", module.compose)


def main(arguments: list[str]) -> None:
    """Run one service in one or several roles until told to stop, or one operator's command."""
    parser = argparse.ArgumentParser(prog="python -m libs.runtime", description=__doc__)
    parser.add_argument("service")
    parser.add_argument(
        "role", help=f"web, {', '.join(ROLES)}, several with commas; or {', '.join(operating.ACTS)}"
    )
    parser.add_argument("words", nargs="*", help="what an operator's command needs")
    asked = parser.parse_args(arguments)
    run(composed(asked.service), asked.service, asked.role, asked.words)


def run(compose: Compose, service: str, role: str, words: list[str]) -> None:
    """The same, for a composition root that is at hand."""
    settings = Settings()
    logs.configure(service, role)
    tracing.configure(service, role, settings.trace, settings.trace_share)
    uvloop.run(_until_told(compose, settings, role, words))


async def _until_told(compose: Compose, settings: Settings, role: str, words: list[str]) -> None:
    found = compose(settings)
    if role in operating.ACTS:
        await operating.ACTS[role](found, settings, words)
        return
    _collect_seldom()
    if "web" not in role.split(","):
        tell_metrics(settings)
    async with asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(_role(name, found, settings)) for name in role.split(",")}

        def stop() -> None:
            for name, task in tasks.items():
                if name != "web":  # uvicorn hears the signal itself, and answers what it has begun
                    task.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)


def _collect_seldom() -> None:
    """What is loaded stays, and what comes hardly ever hangs together in circles.

    With its defaults the collector takes a third of the projector's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


async def _role(name: str, found: Composition, settings: Settings) -> None:
    if name == "web":
        await serve(app_of(found, settings), settings)
    else:
        await ROLES[name](found, settings)


if __name__ == "__main__":
    main(sys.argv[1:])
