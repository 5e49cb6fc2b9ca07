"""Commands in batches, on a real database."""

import asyncio
from uuid import UUID, uuid4

import psycopg
import pytest

from libs.decider import Refused
from libs.runtime import refusals
from libs.runtime.log.answers import Asked
from libs.runtime.log.writer import Writer
from tests.component import tally
from tests.component.conftest import Pair
from tests.component.lab import envelope


def add(
    account: UUID, amount: int, key: str | None = None, expected: int | None = None, note: str = ""
) -> Asked:
    command = tally.Add(
        envelope=envelope(key, expected), account_id=account, amount=amount, note=note
    )
    return Asked.of(command, f"{account} {amount} {note}".encode())


async def outcomes(writer: Writer, *asked: Asked) -> list[object]:
    return await asyncio.gather(*(writer.submit(a) for a in asked), return_exceptions=True)


async def test_what_is_answered_is_in_the_log_and_in_the_views(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        first = await writer.submit(add(account, 3))
        second = await writer.submit(add(account, 4))
    assert (first.said["version"], second.said["version"]) == (1, 2)
    assert await pair.tally.rows("SELECT total, count, version FROM accounts") == [(7, 2, 2)]
    assert await pair.tally.rows("SELECT count(*), max(position) FROM events") == [(2, 2)]


async def test_a_thousand_at_once_each_have_a_place_of_their_own(pair: Pair) -> None:
    accounts = [uuid4() for _ in range(50)]
    async with pair.tally.writer() as writer:
        answers = await outcomes(writer, *(add(accounts[n % 50], 1) for n in range(1000)))
    versions = sorted(a.said["version"] for a in answers)  # type: ignore[attr-defined]
    assert versions == list(range(1, 1001))
    assert await pair.tally.rows("SELECT sum(total), min(count) FROM accounts") == [(1000, 20)]


async def test_what_one_command_of_a_batch_did_the_next_one_knows(pair: Pair) -> None:
    async with pair.tally.writer() as writer:
        answers = await outcomes(writer, *(add(uuid4(), 1, note="once") for _ in range(3)))
    refused = [a.rule for a in answers if isinstance(a, Refused)]
    assert refused == [tally.USED, tally.USED]
    assert await pair.tally.rows("SELECT count(*) FROM accounts") == [(1,)]


async def test_two_processes_write_one_log_without_gaps(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as one, pair.tally.writer() as other:
        await asyncio.gather(
            outcomes(one, *(add(account, 1) for _ in range(200))),
            outcomes(other, *(add(account, 1) for _ in range(200))),
        )
    assert await pair.tally.rows("SELECT total, count FROM accounts") == [(400, 400)]
    assert await pair.tally.rows("SELECT count(*), max(position) FROM events") == [(400, 400)]


async def test_a_refusal_or_a_defect_concerns_its_own_command_alone(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        said = await outcomes(
            writer, add(account, 5), add(account, -1), add(account, 50_000), add(account, 6)
        )
    assert [type(s).__name__ for s in said] == [
        "Accepted",
        "ZeroDivisionError",
        "Refused",
        "Accepted",
    ]
    assert await pair.tally.one("SELECT total FROM accounts") == 11


async def test_what_the_database_refuses_harms_no_other(pair: Pair) -> None:
    good, bad = uuid4(), uuid4()
    async with pair.tally.writer() as writer:
        said = await outcomes(
            writer, add(good, 1), add(bad, 1, key="a nul \x00 in the key"), add(good, 2)
        )
    assert [isinstance(s, Exception) for s in said] == [False, True, False]
    assert await pair.tally.rows("SELECT total FROM accounts") == [(3,)]


async def test_asked_twice_is_done_once_also_in_one_batch_and_after_a_restart(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        said = await outcomes(writer, add(account, 5, "click-0001"), add(account, 5, "click-0001"))
    async with pair.tally.writer() as writer:
        said += await outcomes(writer, add(account, 5, "click-0001"))
    assert len({str(s.said) for s in said}) == 1  # type: ignore[attr-defined]
    assert await pair.tally.one("SELECT total FROM accounts") == 5


async def test_a_key_serves_one_request_only(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        await writer.submit(add(account, 5, "click-0001"))
        with pytest.raises(Refused) as refused:
            await writer.submit(add(account, 6, "click-0001"))
    assert refused.value.rule is refusals.KEY_REUSED


async def test_a_refusal_is_judged_again(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        await writer.submit(add(account, 9_996))
        for _ in range(2):
            with pytest.raises(Refused):
                await writer.submit(add(account, 5, "click-0001"))
    assert await pair.tally.one("SELECT count(*) FROM answers") == 1


async def test_an_old_copy_is_not_decided_on(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        first = await writer.submit(add(account, 1))
        await writer.submit(add(account, 1, expected=first.said["version"]))
        with pytest.raises(Refused) as refused:
            await writer.submit(add(account, 1, expected=first.said["version"]))
    assert refused.value.rule is refusals.STALE


async def test_an_event_that_is_too_large_is_refused_before_the_commit(pair: Pair) -> None:
    account = uuid4()
    async with pair.tally.writer() as writer:
        said = await outcomes(writer, add(account, 1, note="学" * 90_000), add(account, 2))
    assert isinstance(said[0], Refused)
    assert await pair.tally.one("SELECT total FROM accounts") == 2


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE events SET body = '{}'",
        "DELETE FROM events",
        "TRUNCATE events",
        "DELETE FROM kept",
    ],
)
@pytest.mark.parametrize("role", ["database", "database_owner"])
async def test_the_log_is_append_only(pair: Pair, attempt: str, role: str) -> None:
    async with pair.tally.writer() as writer:
        await writer.submit(add(uuid4(), 1))
    with (
        psycopg.connect(getattr(pair.tally.settings, role), autocommit=True) as conn,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)),
    ):
        conn.execute(attempt.encode())


async def test_the_application_inserts_by_the_one_function_alone(pair: Pair) -> None:
    with (
        psycopg.connect(pair.tally.settings.database, autocommit=True) as conn,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        conn.execute("INSERT INTO events SELECT * FROM events")
