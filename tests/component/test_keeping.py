"""What is kept for a while is kept so long and no longer."""

from datetime import timedelta
from uuid import uuid4

from libs.runtime import database, timing
from libs.runtime.inbound import aside
from libs.runtime.inbound.aside import Raw, Seal, SetAside
from libs.runtime.log import batch
from libs.runtime.tables import Statement
from libs.runtime.tokens import LIFE
from tests.component.conftest import Pair
from tests.component.lab import AT, Lab, until
from tests.component.test_batch import add

SEAL = Seal(bytes(32))
A_MOMENT = timedelta(seconds=1)
ANSWER = timedelta(days=30)
ASIDE = timedelta(days=90)
SESSION = 2 * LIFE  # whoever was logged in has no good token any more

COUNTS = "SELECT (SELECT count(*) FROM answers), (SELECT count(*) FROM aside), "
COUNTS += "(SELECT count(*) FROM ended_sessions)"


async def fill(lab: Lab) -> None:
    """An answer, a record set aside, an ended session, all of the instant AT."""
    async with lab.writer() as writer:
        await writer.submit(add(uuid4(), 1))
    raw = Raw("a.topic", 0, 0, b"key", (), b"value")
    ended = Statement("INSERT INTO ended_sessions VALUES (%s, %s)", (uuid4(), AT))
    async with await database.connect(lab.settings.database) as conn:
        await batch.ask(conn, [aside.put([SetAside(raw, "a reason")], SEAL, AT), ended], ())


async def test_each_kind_is_kept_as_long_as_it_must_be(pair: Pair) -> None:
    await fill(pair.tally)
    async with await database.connect(pair.tally.settings.database) as conn:
        for age, left in (
            (SESSION, (1, 1, 1)),
            (SESSION + A_MOMENT, (1, 1, 0)),
            (ANSWER, (1, 1, 0)),
            (ANSWER + A_MOMENT, (0, 1, 0)),
            (ASIDE, (0, 1, 0)),
            (ASIDE + A_MOMENT, (0, 0, 0)),
        ):
            await timing.forget(conn, AT + age)
            assert await pair.tally.rows(COUNTS) == [left]
    assert await pair.tally.one("SELECT count(*) FROM events") == 1


async def test_the_timer_sees_to_it(pair: Pair) -> None:
    """Its clock is past them all: they are of 2024."""
    await fill(pair.tally)

    async def gone() -> bool:
        return await pair.tally.rows(COUNTS) == [(0, 0, 0)]

    async with pair.tally.at_work("timer"):
        await until(gone)
