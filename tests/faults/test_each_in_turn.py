"""Every process, the database and the broker, each in its turn, while at least 20,000 commands
flow over HTTP: first all lose their power, then all stand still for longer than the broker waits
for a consumer, as behind a network that is gone. Every accepted command is there exactly once,
no certificate rests on what left, and the projection equals the one that is built anew."""

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial

import pytest

from deploy.local.kafka import Kafka
from deploy.local.keeping import kept
from deploy.local.postgres import Postgres
from deploy.local.process import Process, descendants
from tests.component.lab import until
from tests.faults import settling
from tests.faults.living import SHORT, Living
from tests.faults.product import Product

HOURS = (*SHORT, *["4.00"] * 45)  # 50 claims, each made, submitted and passed
PEOPLE, COMMANDS = 135, 20_000
STILL = 8.0  # seconds; the broker gives a consumer 6
PROCESSES = (
    *("web", "identity-worker", "policy-worker", "filing-worker", "exams-worker"),
    *("hours-relay", "hours-react", "hours-timer"),
    *("certificates-relay", "certificates-project", "certificates-timer"),
)
Break = Callable[[Process], None]


def _loses_its_power(process: Process) -> None:
    process.send(signal.SIGKILL)


def _stands_still(process: Process) -> None:
    """With whatever it started: a server's own children are processes too."""
    everybody = [process.pid, *descendants(process.pid)]
    for pid in everybody:
        os.kill(pid, signal.SIGSTOP)
    asyncio.get_running_loop().call_later(STILL, _goes_on, everybody)


def _goes_on(everybody: list[int]) -> None:
    for pid in everybody:
        try:
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            print(f"{pid} ended while it stood still")


def _everything(product: Product) -> dict[str, Callable[[], Process]]:
    """Whatever can be broken, by its name."""
    database, broker = product.servers.database, product.servers.broker
    assert isinstance(database, Postgres)
    assert isinstance(broker, Kafka)
    found: dict[str, Callable[[], Process]] = {
        name: partial(product.supervisor.process, name) for name in PROCESSES
    }
    return found | {"PostgreSQL": lambda: database.process, "Kafka": lambda: broker.process}


@pytest.mark.long
@pytest.mark.parametrize("broken", [_loses_its_power, _stands_still], ids=["killed", "still"])
async def test_each_in_its_turn(product: Product, broken: Break) -> None:
    living = Living.of(product, PEOPLE, HOURS)
    victims = _everything(product)
    with kept(product.servers):
        async with living.under_way() as task:
            for n, (name, victim) in enumerate(victims.items(), 1):
                share = n / (len(victims) + 1)
                await until(lambda share=share: living.has_come_to(share, task), 300)
                print(f"{living.done} of {living.all} done: {name}")
                broken(victim())
        await asyncio.sleep(STILL)  # nobody stands still any more
        await settling.settled(product, 120)
    await living.all_is_exact()
    print(f"{living.repeated} requests were sent again: their answers never came")
    assert PEOPLE * (3 * len(HOURS) + 2) >= COMMANDS
    verdict = settling.check(product)
    assert verdict.issued - verdict.valid >= PEOPLE
    assert "certificates: equal, swapped" in await product.operate("certificates", "rebuild")
