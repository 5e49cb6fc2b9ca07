"""The whole product at work on servers that tests may break: who dies is started again.

Its own supervisor starts them, each role of hours and certificates as a process of its own.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from deploy import roles
from deploy.local import everything
from deploy.local.patience import until as seen
from deploy.local.ports import free_port
from deploy.local.process import Program
from deploy.local.programs import SECONDS_TO_BE_READY, is_ready, migrate, worker_roles
from deploy.local.server import Servers
from deploy.local.stage import STARTS
from deploy.local.story import bases, people
from deploy.local.story import province as beginnings
from deploy.local.story.caller import Caller
from deploy.local.story.cast import Cast
from deploy.local.story.papers import Papers
from deploy.local.story.scene import Scene
from deploy.local.supervisor import Supervisor, supervised
from deploy.local.telling import Step, tell
from deploy.local.wiring import SERVICES, Wiring, wire
from libs.runtime import clock
from tests.component.lab import until
from tests.faults.product import Product, points

PEOPLE = 900
LEARNERS, ON_ROSTERS = "文学院", "信息学院"  # departments, half of the people each
APART = ("hours", "certificates")  # each role of these is a process of its own
BEGINNING: tuple[Step[Scene], ...] = (
    Step("The three administrators", beginnings.the_three_take_office),
    Step("The province's bureau", beginnings.the_bureau_opens),
    Step("A unit", beginnings.a_unit_opens),
    Step("The law is published", beginnings.the_law_is_published),
    Step("A base", bases.the_bases_are_designated),
    Step("People", people.a_unit_imports_its_people),
)


def _workers(service: str) -> list[tuple[str, str]]:
    """Name and roles of the processes of a service, its web apart."""
    if service not in APART:
        return [(f"{service}-worker", worker_roles(service))]
    (found,) = (one for one in roles.SERVICES if one.name == service)
    working = [role.name for role in found.roles if not role.serves and not role.ends]
    return [(f"{service}-{role}", role) for role in working]


def _programs(wiring: Wiring) -> list[Program]:
    everybody = [("web", everything.__name__, "web", wiring.environment())]
    for service in SERVICES:
        module, told = f"services.{service}.service", wiring.environment(service)
        everybody += [(name, module, role, told) for name, role in _workers(service)]
    return [
        Program(
            name,
            [sys.executable, "-m", "tests.faults.process", module, role],
            wiring.folder / f"logs/{name}.log",
            told | {"JIXU_TEST_CRASH_ONCE": str(points(wiring) / name), "JIXU_METRICS_PORT": "0"},
        )
        for name, module, role, told in everybody
    ]


@contextmanager
def _at_work(wiring: Wiring) -> Iterator[Supervisor]:
    with supervised(_programs(wiring)) as supervisor:
        assert seen(lambda: is_ready(wiring.address), SECONDS_TO_BE_READY), wiring.folder
        yield supervisor


def _wired(servers: Servers, folder: Path) -> Wiring:
    folder.mkdir(parents=True)
    clock.start(folder / "clock.json", STARTS)
    wiring = wire(servers, folder, free_port())
    points(wiring).mkdir()
    return wiring


@asynccontextmanager
async def standing(servers: Servers, folder: Path) -> AsyncIterator[Product]:
    """Its bureau, its law, a base, a unit with its people; every process at work."""
    wiring = _wired(servers, folder)
    codes = dict(line.split()[1:] for line in migrate(wiring).splitlines() if len(line.split()) > 2)
    with _at_work(wiring) as supervisor:
        async with httpx.AsyncClient(base_url=wiring.address, timeout=60) as http:
            scene = Scene(wiring, Cast(Caller(http), codes), Papers(folder / "out"))
            await _begun(scene)
            product = Product(servers, scene, supervisor, iter(()))
            product.learners = iter(await _learners(product))
            yield product


async def _begun(scene: Scene) -> None:
    """The beginning of the story, with as many people as these tests need, and one base."""
    base = [one for one in bases.listed() if one["name"] == bases.BASE]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCALE", str(PEOPLE))
        patch.setattr(bases, "listed", lambda: base)
        await tell(BEGINNING, scene)


async def _learners(product: Product) -> list[UUID]:
    """Everybody of one department, once hours has heard of all; the other one is on rosters."""
    query = (
        "SELECT person_id FROM people JOIN directory USING (person_id) "
        "WHERE people.department_id = %s ORDER BY person_id"
    )
    found: list[UUID] = []

    async def all_known() -> bool:
        rows = product.rows("hours", query, product.scene.notes[LEARNERS])
        found[:] = [UUID(str(one)) for (one,) in rows]
        return len(found) >= PEOPLE // 2

    await until(all_known)
    return found
