"""Power cuts at random among all processes of the product, while people claim, have it passed,
get certificates and lose them: every sum exact, nothing doubled, order per person kept."""

import random

import pytest

from tests.component.lab import until
from tests.faults import settling
from tests.faults.living import SHORT, Living
from tests.faults.product import Product

MANY = (*SHORT, *["4.00"] * 45)  # 50 claims of four events each
AT_LEAST = 20_000
VICTIMS = (
    "web",
    "hours-relay",
    "hours-react",
    "hours-timer",
    "certificates-relay",
    "certificates-project",
    "certificates-timer",
    "identity-worker",
)


@pytest.mark.parametrize(
    ("kills", "people", "hours"),
    [(2, 12, SHORT), pytest.param(10, 105, MANY, marks=pytest.mark.long)],
    ids=["two", "ten"],
)
async def test_random_power_cuts(
    product: Product, kills: int, people: int, hours: tuple[str, ...]
) -> None:
    living = Living.of(product, people, hours)
    await cut_while_they_live(product, living, kills)
    await settling.settled(product)
    await living.all_is_exact()
    assert 4 * people * len(hours) >= (AT_LEAST if kills == 10 else 0)
    verdict = settling.check(product)
    assert verdict.issued - verdict.valid >= people


async def cut_while_they_live(product: Product, living: Living, kills: int) -> None:
    """So many power cuts, evenly over the work, of processes that chance names."""
    seed = random.randrange(10**6)
    print(f"chance began at {seed}")  # shown where the test fails
    dice = random.Random(seed)
    victims = dice.sample(VICTIMS, k=min(kills, len(VICTIMS)))
    victims += dice.choices(VICTIMS, k=kills - len(victims))
    async with living.under_way() as task:
        for n, victim in enumerate(victims, 1):
            await until(lambda n=n: living.has_come_to(n / (kills + 1), task), 300)
            print(f"{living.done} of {living.all} done: {victim} loses its power")
            product.kill(victim)
