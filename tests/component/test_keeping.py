"""What is kept for a while is kept so long and no longer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
from psycopg import AsyncConnection

from libs.runtime import database, tidying
from libs.runtime.inbound import aside
from libs.runtime.inbound.aside import Raw, Seal, SetAside
from libs.runtime.log import batch
from libs.runtime.tables import Statement
from libs.runtime.timing import Task
from libs.runtime.tokens import LIFE
from tests.component.conftest import Pair
from tests.component.lab import AT, Lab, until
from tests.component.test_batch import add
from tests.component.test_due import at_work

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
            await tidying.forget(conn, AT + age)
            assert await pair.tally.rows(COUNTS) == [left]
    assert await pair.tally.one("SELECT count(*) FROM events") == 1


async def test_the_timer_sees_to_it(pair: Pair) -> None:
    """Its clock is past them all: they are of 2024."""
    await fill(pair.tally)

    async def gone() -> bool:
        return await pair.tally.rows(COUNTS) == [(0, 0, 0)]

    async with pair.tally.at_work("timer"):
        await until(gone)


# Each transaction that deletes answers writes down how many, and whether it held the write lock.
WATCHED = """
CREATE TABLE forgotten (answers int, locked bool);
CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO forgotten SELECT count(*), EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) FROM gone;
    RETURN NULL;
END $$;
CREATE TRIGGER watched AFTER DELETE ON answers REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION write_down();
GRANT SELECT ON forgotten TO PUBLIC;
"""
BREAKS = """
CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'it took too long' USING ERRCODE = '57014'; END $$;
CREATE TRIGGER breaks BEFORE DELETE ON answers FOR EACH STATEMENT EXECUTE FUNCTION break_off();
"""


def arrange(lab: Lab, script: str) -> None:
    """The owner of the database does this."""
    with psycopg.connect(lab.settings.database_owner, autocommit=True) as conn:
        conn.execute(script.encode())


async def test_much_goes_in_parts_and_nobody_waits_for_it(pair: Pair) -> None:
    many = 2 * tidying.AT_ONCE + 1
    arrange(pair.tally, WATCHED)
    async with await database.connect(pair.tally.settings.database) as conn:
        await conn.execute(
            "INSERT INTO answers SELECT gen_random_uuid(), 'Add', 'key', '', '{}', %s "
            "FROM generate_series(1, %s)",
            (AT, many),
        )
        await tidying.forget(conn, AT + ANSWER + A_MOMENT)
    parts = await pair.tally.rows("SELECT * FROM forgotten ORDER BY 1")
    assert parts == [(1, False), (tidying.AT_ONCE, False), (tidying.AT_ONCE, False)]


async def test_what_is_due_is_done_although_nothing_can_be_forgotten(pair: Pair) -> None:
    arrange(pair.tally, BREAKS)
    task = Task(add(uuid4(), 1).command)

    async def due(_conn: AsyncConnection, _now: datetime, _beside: int) -> Sequence[Task]:
        return [task]

    async def done() -> bool:
        return bool(await pair.tally.one("SELECT count(*) FROM events") == 1)

    async with at_work(pair, due):
        await until(done)
