"""A process dies in the middle of a grant and is started again: everybody has the hours once."""

import pytest

from tests.faults import granting
from tests.faults.product import Product

PEOPLE = 450  # three chunks
POINTS = {
    "between two chunks": ("hours-timer", "services.hours.timers:_credit:entry:201"),
    "after a chunk's commit, before anybody knows": (
        "hours-timer",
        "libs.runtime.log.streams:Streams.remember:entry:1",
    ),
    "while the act is taken in": ("hours-react", "libs.runtime.log.batch:Work.writes:return:1"),
}


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_in_the_middle_of_a_grant(product: Product, point: str) -> None:
    name, where = POINTS[point]
    number = list(POINTS).index(point)
    asked = await granting.asked_for(
        product,
        PEOPLE,
        class_name=f"数字技术研修班 {number}",
        starts=f"2024-{number + 3:02d}-11/am",
        ends=f"2024-{number + 3:02d}-13/pm",
    )
    await product.crash_at(name, where)
    await asked.granted()
    await product.crashed(name)
    await asked.settled()
    assert asked.credited() == [(PEOPLE, PEOPLE, granting.HOURS, granting.HOURS)]
