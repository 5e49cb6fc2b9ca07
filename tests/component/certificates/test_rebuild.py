"""The views made anew beside the live ones: equal ones swap, unequal ones wait for a person."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from libs.events.certificates import StandingChanged
from libs.events.envelope import Actor
from libs.events.values import Hours
from libs.runtime.rebuild import acting, filling, plan, swapping
from tests.component.certificates import words
from tests.component.certificates.conftest import Office
from tests.component.certificates.words import enough, recognised, revoked
from tests.component.sources import Source

TABLES = ("certificates", "standings", "laws", "people", "units", "unit_names")


async def some_life(office: Office) -> list[Actor]:
    """Certificates issued, fallen and exchanged; somebody moved, somebody was erased."""
    learners = [await office.learner() for _ in range(5)]
    for learner in learners:
        entries = enough(learner.id)
        await office.has(*entries, recognised(learner.id, "8"))
        said = await office.generated(learner)
        if learner is learners[1]:
            await office.feed.say(revoked(entries[-1]))
            await office.generated(learner)
        if learner is learners[2]:
            async with office.as_(learner) as client:
                await client.post(f"/issued/{said['certificate_id']}/exchange")
    await office.feed.say(words.transferred(learners[3].id), words.erased(learners[4].id))
    await office.feed.say(revoked(recognised(learners[3].id, "2")))
    return learners


async def everything(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all views."""
    return {t: await office.lab.rows(f"SELECT * FROM {t} ORDER BY 1, 2") for t in TABLES}


async def rebuild(office: Office, *said: str) -> None:
    """The operator's command."""
    await acting.rebuild(office.lab.found, office.lab.settings, list(said))


@pytest.mark.parametrize("parts", ["1", "2"])
async def test_equal_versions_swap_and_nothing_is_emitted(
    office: Office, parts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    learners = await some_life(office)
    before, count = await everything(office), await office.lab.one("SELECT count(*) FROM events")
    oid = await office.lab.one("SELECT 'views.certificates'::regclass::oid")
    await rebuild(office, "in", parts)
    said = capsys.readouterr().out
    assert "equal, swapped" in said
    assert "a second" in said
    assert await office.lab.one("SELECT 'views.certificates'::regclass::oid") != oid
    assert await everything(office) == before
    assert await office.lab.one("SELECT count(*) FROM events") == count
    assert await office.lab.one("SELECT to_regnamespace('views_old')") is None
    await office.feed.say(recognised(learners[0].id, "4"))
    assert (await office.generated(learners[0], "public"))["valid"]


async def test_what_happens_meanwhile_is_in_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    learners = await some_life(office)
    newcomer = await office.learner()
    original: Callable[..., None] = filling.fill

    def fill_then_live(*args: Any) -> None:
        original(*args)
        asyncio.run_coroutine_threadsafe(meanwhile(), loop).result(30)

    async def meanwhile() -> None:
        await office.has(*enough(newcomer.id))
        await office.generated(newcomer)
        await office.feed.say(revoked(recognised(learners[0].id, "4")))

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(filling, "fill", fill_then_live)
    await rebuild(office, "in", "1")
    live = await office.lab.rows(
        "SELECT person_id FROM certificates WHERE person_id = %s AND valid", newcomer.id
    )
    assert live == [(newcomer.id,)]
    assert await office.lab.rows(
        "SELECT valid FROM certificates WHERE person_id = %s", learners[0].id
    ) == [(False,)]


async def test_stopped_it_is_resumed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await some_life(office)
    before = await everything(office)
    monkeypatch.setattr(filling, "A_CHUNK", 3)
    write = filling._Chunk.write
    written: list[str] = []

    def stop_at_the_fourth(self: Any, *args: Any) -> None:
        if len(written) == 4:
            raise KeyboardInterrupt
        written.append(self.last)
        write(self, *args)

    monkeypatch.setattr(filling._Chunk, "write", stop_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        await _interrupted(office)
    assert await everything(office) == before
    written_before = list(written)
    written.clear()

    def note(self: Any, *args: Any) -> None:
        written.append(self.last)
        write(self, *args)

    monkeypatch.setattr(filling._Chunk, "write", note)
    await rebuild(office, "in", "1")
    assert await everything(office) == before
    assert not set(written) & set(written_before[:1])  # what was done was not done again


async def _interrupted(office: Office) -> None:
    """As by Ctrl-C; an exception of a thread that asyncio would not let pass otherwise."""
    owner = office.lab.settings.database_owner
    acting._rebuild(office.lab.found.service, owner, "jixu_app", 1)


async def test_a_wrong_row_is_found_named_and_mended_on_a_second_person_s_approval(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    learners = await some_life(office)
    wrong = learners[0].id
    with psycopg.connect(office.lab.settings.database_owner, autocommit=True) as conn:
        conn.execute("UPDATE views.standings SET satisfied = '' WHERE person_id = %s", (wrong,))
    told = StandingChanged(
        person_id=wrong, year=2024, satisfied=(), total=Hours(0), pack=words.version()
    )
    await Source(office.lab).say(told, stream=f"certificates/{wrong}")
    with pytest.raises(SystemExit, match="not equal, not swapped"):
        await rebuild(office, "in", "1")
    assert f"standings: {wrong} 2024" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="approve or abandon"):
        await rebuild(office, "in", "1")
    operator, approver = str(uuid4()), str(uuid4())
    with pytest.raises(SystemExit, match="two persons"):
        await rebuild(office, "approve", operator, operator)
    await rebuild(office, "approve", operator, approver)
    assert (
        await office.lab.one("SELECT satisfied FROM standings WHERE person_id = %s", wrong)
        == "annual public"
    )
    last = await office.lab.rows(
        "SELECT type, meta::json->>'actor', meta::json->>'onbehalfof', "
        "meta::json->>'cause' IS NOT NULL FROM events ORDER BY position DESC LIMIT 1"
    )
    assert last == [("certificates.StandingChanged", approver, operator, True)]
    await rebuild(office, "in", "1")
    assert "equal, swapped" in capsys.readouterr().out


async def test_abandoned_it_leaves_the_live_version(office: Office) -> None:
    await some_life(office)
    with psycopg.connect(office.lab.settings.database_owner, autocommit=True) as conn:
        conn.execute("DELETE FROM views.people")
    with pytest.raises(SystemExit):
        await rebuild(office, "in", "1")
    await rebuild(office, "abandon")
    assert await office.lab.one("SELECT to_regnamespace('views_next')") is None
    assert await office.lab.one("SELECT count(*) FROM people") == 0
    with pytest.raises(SystemExit, match="nothing waits"):
        await rebuild(office, "approve", str(uuid4()), str(uuid4()))


async def test_a_tail_that_comes_out_otherwise_is_not_swapped(office: Office) -> None:
    learners = await some_life(office)
    service, owner = office.lab.found.service, office.lab.settings.database_owner
    with psycopg.connect(owner, autocommit=True) as conn:
        plan.begin(conn, service)
        filling.fill(service, owner, 1, lambda _events: None)
        assert all(one.equal for one in swapping.compared(conn, service))
        await office.feed.say(recognised(learners[0].id, "4"))
        conn.execute(
            "UPDATE views.people SET city = '某市' WHERE person_id = %s", (learners[0].id,)
        )
        await office.feed.say(words.registered(learners[0].id))
        conn.execute(
            "UPDATE views.people SET city = '某市' WHERE person_id = %s", (learners[0].id,)
        )
        with pytest.raises(swapping.Unequal):
            swapping.swap(conn, service, "jixu_app", must_be_equal=True)
    assert await office.lab.one("SELECT to_regnamespace('views_next')::text") == "views_next"
