"""A rebuild that dies in the middle of its swap; meanwhile, and after, the live views serve."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from libs.runtime.working import working
from tests.faults.living import Living
from tests.faults.process import STATUS
from tests.faults.product import Product

POINTS = {
    "in the middle of the swap": "libs.runtime.rebuild.swapping:_grant:entry:1",
    "after the swap, before the old version is dropped": (
        "libs.runtime.rebuild.swapping:_drop_old:entry:1"
    ),
}


@asynccontextmanager
async def asked_throughout(product: Product, number: str) -> AsyncIterator[list[str]]:
    """Somebody verifies a certificate all the time: what is answered, each time."""
    answers: list[str] = []

    async def ask() -> None:
        async with httpx.AsyncClient(base_url=product.wiring.address, timeout=5) as client:
            while True:
                answer = await client.get(f"/certificates/v/{number}")
                answers.append(f"{answer.status_code} {answer.json().get('status')}")
                await asyncio.sleep(0.01)

    async with working(ask()):
        yield answers


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_in_the_middle_of_a_swap(product: Product, point: str) -> None:
    living = Living.of(product, 4)
    await living.claim()
    await living.generate()
    (number,) = product.rows(
        "certificates",
        "SELECT number FROM certificates WHERE certificate_id = %s",
        living.lives[0].certificate,
    )[0]
    async with asked_throughout(product, str(number)) as answers:
        operator = product.operator("certificates", "rebuild", crash=POINTS[point])
        said, _ = await asyncio.to_thread(operator.communicate)
        assert operator.returncode == STATUS, said
        more = Living.of(product, 2)
        await more.live()
        said = await product.operate("certificates", "rebuild")
        assert "certificates: equal, swapped" in said
    assert len(answers) > 20
    assert set(answers) == {"200 valid"}
    for schema in ("views_next", "views_old"):
        assert product.rows("certificates", "SELECT to_regnamespace(%s)", schema) == [(None,)]
    await living.lose()
    await living.all_is_exact()
    await more.all_is_exact()
