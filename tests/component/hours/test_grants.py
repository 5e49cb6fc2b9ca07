"""One act of the province credits a whole roster: everybody once, whatever crashes in between."""

import asyncio
from uuid import UUID, uuid4

import pytest

from libs.events import filing
from libs.events.directory import DirectoryRow, Entry
from libs.events.envelope import Actor, Role
from libs.events.hours import PackVersion
from libs.events.values import HalfDay
from libs.events.values import Hours as Quantity
from libs.policy.drafts import draft
from libs.runtime import database, roles
from libs.runtime.following.directory import take
from libs.runtime.log import batch
from libs.runtime.working import working
from services.hours import timers
from tests.component.hours.conftest import BUREAU, Hours, claimed, of
from tests.component.lab import AT, until

PACK = draft("gx-2024")


def roster(filing_id: UUID, people: list[Actor], waiting: int = 0) -> filing.RosterImported:
    """Registered people, and digests of numbers that nobody has registered yet."""
    rows = [filing.RosterRow(row=n, person_id=p.id) for n, p in enumerate(people, 2)]
    rows += [
        filing.RosterRow(row=len(rows) + 2 + n, number_digest=f"{n:064x}") for n in range(waiting)
    ]
    return filing.RosterImported(
        filing_id=filing_id,
        roster_id=UUID(int=filing_id.int ^ 1),
        chunk=1,
        chunks=1,
        rows=tuple(rows),
    )


def granted(
    said: filing.RosterImported, left_out: tuple[int, ...] = ()
) -> filing.RecognitionGranted:
    """The act."""
    return filing.RecognitionGranted(
        filing_id=said.filing_id,
        roster_id=said.roster_id,
        roster_digest="0" * 64,
        left_out=left_out,
        count=len(said.rows) - len(left_out),
        year=2024,
        rule="class",
        category="professional",
        hours=Quantity.of(24),
        activity="教学能力提升培训班",
        began=HalfDay.parse("2024-11-11/am"),
        ended=HalfDay.parse("2024-11-13/pm"),
        by_unit_id=BUREAU,
        pack=PackVersion(pack=PACK.id, version=PACK.version, digest=PACK.digest),
    )


async def settled(hours: Hours, filing_id: UUID, counts: tuple[int, int, int]) -> None:
    """The timer works until the grant says so."""
    lab = hours.feed.lab

    async def is_so() -> bool:
        found = await lab.rows(
            "SELECT credited, waiting, refused FROM grants WHERE filing_id = %s AND settled",
            filing_id,
        )
        return found == [counts]

    async with working(roles.timer(lab.found, lab.settings)):
        await until(is_so)


async def registers(hours: Hours, digest: str) -> Actor:
    """Somebody with this number joins: identity's directory says so."""
    person = await hours.person()
    row = DirectoryRow(
        name="韦新人", masked="4501**********0018", digest=digest, unit_id=hours.unit
    )
    entry = Entry(person.id, uuid4(), 1, row)
    async with await database.connect(hours.feed.lab.settings.database) as conn:
        await batch.ask(conn, [*batch.BEGIN, take([entry]), batch.COMMIT], ())
    return person


async def test_everybody_registered_has_the_hours_once_and_the_others_wait(hours: Hours) -> None:
    people = [await hours.person() for _ in range(5)]
    said = roster(uuid4(), people, waiting=1)
    await hours.feed.say(said, granted(said))
    await settled(hours, said.filing_id, (5, 1, 0))
    year = (await hours.as_(people[0]).get(f"/people/{people[0].id}/2024")).json()
    assert [entry["recognised"] for entry in year["entries"]] == ["24.00"]
    late = await registers(hours, f"{0:064x}")
    await settled(hours, said.filing_id, (6, 0, 0))
    year = (await hours.as_(late).get(f"/people/{late.id}/2024")).json()
    assert year["total"] == "24.00"


async def test_who_is_left_out_is_not_credited(hours: Hours) -> None:
    people = [await hours.person() for _ in range(3)]
    said = roster(uuid4(), people)
    await hours.feed.say(said, granted(said, left_out=(3,)))
    await settled(hours, said.filing_id, (2, 0, 0))
    assert (await hours.as_(people[1]).get(f"/people/{people[1].id}/2024")).json()["entries"] == []


async def test_who_had_the_same_activity_recognised_is_refused_and_named(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    same = {"name": "教学能力提升培训班", "began": "2024-11-11/am", "ended": "2024-11-13/pm"}
    claim = await claimed(me, learner, **same)
    await me.post(f"{of(learner, claim)}/submission", json={})
    await admin.post(f"{of(learner, claim)}/audit", json={"passed": True})
    said = roster(uuid4(), [learner])
    await hours.feed.say(said, granted(said))
    await settled(hours, said.filing_id, (0, 0, 1))
    assert await hours.feed.lab.rows("SELECT person_id, rule FROM grant_refusals") == [
        (learner.id, "already-credited")
    ]
    (over,) = (await me.get(f"/people/{learner.id}/2024")).json()["passed_over"]
    assert (over["rule"], over["same_as"]) == ("already-credited", claim)
    assert (await admin.delete(of(learner, claim))).status_code == 200
    await settled(hours, said.filing_id, (1, 0, 0))  # the others' hours come by themselves
    year = (await me.get(f"/people/{learner.id}/2024")).json()
    assert [(e["source"], e["recognised"]) for e in year["entries"]] == [("class", "24.00")]
    assert await hours.feed.lab.rows("SELECT person_id, rule FROM grant_refusals") == []


async def test_a_claim_that_waits_for_the_same_is_held_and_names_the_entry(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    same = {"name": "教学能力提升培训班", "began": "2024-11-11/am", "ended": "2024-11-13/pm"}
    claim = await claimed(me, learner, **same)
    await me.post(f"{of(learner, claim)}/submission", json={})
    said = roster(uuid4(), [learner])
    await hours.feed.say(said, granted(said))
    await settled(hours, said.filing_id, (1, 0, 0))
    answer = await admin.post(f"{of(learner, claim)}/audit", json={"passed": True})
    assert answer.json()["rule"] == "held-as-the-same"


async def test_a_withdrawn_recognition_takes_every_hour_back(hours: Hours) -> None:
    people = [await hours.person() for _ in range(4)]
    said = roster(uuid4(), people)
    await hours.feed.say(said, granted(said))
    await settled(hours, said.filing_id, (4, 0, 0))
    await hours.feed.say(
        filing.RecognitionWithdrawn(
            filing_id=said.filing_id, reason_digest="0" * 64, by_unit_id=BUREAU
        )
    )
    lab = hours.feed.lab

    async def gone() -> bool:
        return bool(await lab.one("SELECT count(*) FROM entries") == 0)

    async with working(roles.timer(lab.found, lab.settings)):
        await until(gone)
    assert await lab.one("SELECT count(*) FROM events WHERE type = 'hours.HoursRevoked'") == 4


async def test_after_a_withdrawal_nobody_is_credited_any_more(hours: Hours) -> None:
    lab, people = hours.feed.lab, [await hours.person() for _ in range(2)]
    said = roster(uuid4(), people, waiting=1)
    await hours.feed.say(said, granted(said))
    await settled(hours, said.filing_id, (2, 1, 0))
    await hours.feed.say(
        filing.RecognitionWithdrawn(
            filing_id=said.filing_id, reason_digest="0" * 64, by_unit_id=BUREAU
        )
    )
    await registers(hours, f"{0:064x}")
    async with await database.connect(lab.settings.database) as conn:
        assert await timers.latecomers(conn, AT, 0) == []
        assert await timers.grants(conn, AT, 0) == []


@pytest.mark.parametrize("people", [450])
async def test_two_timers_and_a_restart_credit_nobody_twice(hours: Hours, people: int) -> None:
    lab = hours.feed.lab
    who = [Actor(uuid4(), Role.LEARNER) for _ in range(people)]
    said = roster(uuid4(), who)
    await hours.feed.say(said, granted(said))
    first = asyncio.create_task(roles.timer(lab.found, lab.settings))
    second = asyncio.create_task(roles.timer(lab.found, lab.settings))

    async def some() -> bool:
        return bool(await lab.one("SELECT count(*) FROM entries") >= 100)

    await until(some)
    first.cancel()
    await settled(hours, said.filing_id, (people, 0, 0))
    second.cancel()
    counted = await lab.rows(
        "SELECT count(*), count(DISTINCT body::json->>'person_id') FROM events "
        "WHERE type = 'hours.HoursRecognised'"
    )
    assert counted == [(people, people)]
