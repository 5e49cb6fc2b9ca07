"""One command line for every service and role: `python -m libs.runtime SERVICE ROLE[,ROLE]`."""

import argparse
import asyncio
import gc
import importlib
import os
import signal
import sys
import threading
from pkgutil import iter_modules
from typing import cast

import uvloop
from psycopg import OperationalError
from pydantic import ValidationError

from libs.runtime import operating
from libs.runtime.composition import Compose, Composition
from libs.runtime.roles import ROLES
from libs.runtime.serving import app_of, serve, tell_metrics
from libs.runtime.settings import Settings, check_keys
from libs.runtime.telemetry import logs, tracing

LEAVES_WITHIN = 4.0  # seconds; whoever stops it gives it more


def composed(service: str) -> Compose:
    """The composition root of a service, loaded by name: the one dynamic import."""
    module = importlib.import_module(f"services.{service}.service")
    return cast("Compose", module.compose)


def main(arguments: list[str]) -> None:
    """Run one service in one or several roles until told to stop, or one operator's command."""
    asked = _parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as wrong:
        raise SystemExit(_wrong(wrong)) from None
    _told_where(settings, asked.role)
    try:
        run(composed(asked.service), asked.service, asked.role, asked.words)
    except OperationalError as error:  # of an operator's command; roles try for ever
        why = str(error).splitlines()[0]
        raise SystemExit(f"{asked.service}: PostgreSQL does not answer: {why}") from None


def services() -> list[str]:
    """The services that there are, by name."""
    found = iter_modules(importlib.import_module("services").__path__)
    return sorted(one.name for one in found if one.ispkg)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m libs.runtime", description=__doc__)
    names = services()
    parser.add_argument("service", choices=names, metavar="SERVICE", help=", ".join(names))
    parser.add_argument(
        "role",
        type=_known,
        metavar="ROLE",
        help=f"web, {', '.join(ROLES)}, several with commas; or {', '.join(operating.ACTS)}",
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="what an operator's command needs")
    return parser


def _known(role: str) -> str:
    """The same, if each of its words is a role, or it is one operator's command."""
    unknown = set() if role in operating.ACTS else set(role.split(",")) - {"web", *ROLES}
    if unknown:
        can = f"web, {', '.join(ROLES)}, or {', '.join(operating.ACTS)}"
        raise argparse.ArgumentTypeError(f"no such role: {', '.join(sorted(unknown))} ({can})")
    return role


def _told_where(settings: Settings, role: str) -> None:
    """SystemExit with the variable that is missing, before anything is begun."""
    if not settings.database:
        raise SystemExit("JIXU_DATABASE: not set; it says where the service's database is")
    if role in ("migrate", "rebuild") and not settings.database_owner:
        raise SystemExit("JIXU_DATABASE_OWNER: not set; tables are made and swapped by their owner")


def _wrong(wrong: ValidationError) -> str:
    """Which variables can't be read, a line each; their values are not repeated."""
    lines = (f"JIXU_{one['loc'][0]}".upper() + f": {one['msg']}" for one in wrong.errors())
    return "\n".join(lines)


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

    With its defaults the collector takes a third of the projector's time; at 50,000 it stops
    a web process for 40 ms at a time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


async def _role(name: str, found: Composition, settings: Settings) -> None:
    if name == "web":
        check_keys(found.keys)
        await serve(app_of(found, settings), settings)
        return
    try:
        await ROLES[name](found, settings)
    finally:
        _leave_for_certain()


def _leave_for_certain() -> None:
    """Whatever a library's threads still wait for, the process ends once a role of it has.

    A process that answers for its figures and does nothing would never be started anew.
    """
    end = threading.Timer(LEAVES_WITHIN, os._exit, (1,))
    end.daemon = True
    end.start()


if __name__ == "__main__":
    main(sys.argv[1:])
