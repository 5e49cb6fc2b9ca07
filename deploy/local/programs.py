"""The processes of a province on one machine: one web process, one worker a service."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from deploy import roles
from deploy.local.patience import until
from deploy.local.process import Program
from deploy.local.supervisor import Supervisor, supervised
from deploy.local.troubles import NOT_MIGRATED, Trouble, last_line
from deploy.local.wiring import SERVICES, Wiring

SECONDS_TO_BE_READY = 60.0


def worker_roles(service: str) -> str:
    """The roles that a service's worker carries."""
    (found,) = (one for one in roles.SERVICES if one.name == service)
    return ",".join(role.name for role in found.roles if not role.serves and not role.ends)


def programs(wiring: Wiring) -> list[Program]:
    """What the supervisor keeps running."""
    web = Program(
        "web",
        [sys.executable, "-m", "deploy.local.everything", "web"],
        wiring.folder / "logs/web.log",
        wiring.environment(),
    )
    return [web, *(_worker(wiring, service) for service in SERVICES)]


def _worker(wiring: Wiring, service: str) -> Program:
    return Program(
        f"{service}-worker",
        [sys.executable, "-m", "libs.runtime", service, worker_roles(service)],
        wiring.folder / f"logs/{service}.log",
        wiring.environment(service),
    )


def migrate(wiring: Wiring) -> str:
    """Bring every database up to this release; what was printed."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.local.everything", "migrate"],
        env=wiring.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        log = wiring.folder / "logs/migrate.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stderr)
        raise Trouble(NOT_MIGRATED.format(last=last_line(done.stderr), log=log))
    return done.stdout


@contextmanager
def at_work(wiring: Wiring) -> Iterator[Supervisor]:
    """Every process at work, and the site ready."""
    with supervised(programs(wiring)) as supervisor:
        if not until(lambda: is_ready(wiring.address), SECONDS_TO_BE_READY):
            raise Trouble(
                f"The services did not become ready; their logs are in {wiring.folder}/logs"
            )
        yield supervisor


def is_ready(address: str) -> bool:
    """Whether every service answers."""
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
