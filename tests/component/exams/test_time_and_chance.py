"""What the clock, a crowd and a power cut do to attempts."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.events.envelope import Actor
from libs.runtime import clock
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.exams.service import compose
from tests.component import signing
from tests.component.exams.conftest import (
    BANK,
    DESK,
    PROVINCE,
    Exams,
    courses,
    handed_in,
    marked,
    of,
    started,
    studied,
)
from tests.component.lab import Lab, until


@pytest.fixture
async def course(exams: Exams) -> str:
    """The required course."""
    return (await exams.publish(courses()[0]))[0]


async def statuses(*requests: Any) -> list[tuple[int, str | None]]:
    """What each was answered."""
    answers: list[httpx.Response] = await asyncio.gather(*requests)
    return [(a.status_code, a.json().get("rule")) for a in answers]


async def test_a_hundred_starts_at_once_open_one_attempt(
    exams: Exams, learner: Actor, course: str
) -> None:
    me = exams.as_(learner)
    await studied(me, learner, course)
    answers = await asyncio.gather(*(me.post(of(learner, course, "/attempts")) for _ in range(100)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["attempt_id"] for a in answers}) == 1
    assert len({tuple(q["question_id"] for q in a.json()["questions"]) for a in answers}) == 1
    assert await exams.feed.lab.one("SELECT count(*) FROM attempts") == 1


async def test_a_hundred_fourth_attempts_at_once_are_all_refused(
    exams: Exams, learner: Actor, course: str
) -> None:
    me = exams.as_(learner)
    await studied(me, learner, course)
    for _ in range(3):
        await handed_in(me, learner, await started(me, learner, course), 59)
    answered = await statuses(*(me.post(of(learner, course, "/attempts")) for _ in range(100)))
    assert set(answered) == {(409, "exam.attempts")}
    assert await exams.feed.lab.one("SELECT count(*) FROM attempts") == 3
    kinds = [kind for (kind,) in await exams.feed.lab.rows("SELECT type FROM events")]
    assert kinds.count("exams.AttemptsExhausted") == 1


async def test_a_call_and_the_province_give_three_more(
    exams: Exams, learner: Actor, course: str
) -> None:
    me, province = exams.as_(learner), exams.as_(PROVINCE)
    await studied(me, learner, course)
    early = await province.post(of(learner, course, "/make-up"), json={})
    assert (early.status_code, early.json()["rule"]) == (409, "attempts-left")
    for _ in range(3):
        await handed_in(me, learner, await started(me, learner, course), 0)
    called = await exams.as_(DESK).post(
        of(learner, course, "/make-up-call"), json={"note": "网络中断"}
    )
    assert called.status_code == 200, called.text
    assert await exams.feed.lab.one("SELECT text FROM texts") == "网络中断"
    assert await exams.feed.lab.one("SELECT count(*) FROM events WHERE body LIKE '%%网络%%'") == 0
    waiting = (await province.get("/make-ups")).json()["items"]
    assert [item["person_id"] for item in waiting] == [str(learner.id)]
    assert (await exams.as_(DESK).get("/make-ups")).status_code == 403
    desk = await exams.as_(DESK).post(of(learner, course, "/make-up"), json={})
    assert (desk.status_code, desk.json()["rule"]) == (403, "role-not-allowed")
    assert (await province.post(of(learner, course, "/make-up"), json={})).status_code == 200
    assert (await province.get("/make-ups")).json()["items"] == []
    (listed,) = (await me.get(f"/people/{learner.id}/2024/exams")).json()
    assert (listed["attempts_left"], listed["make_up"]) == (3, "opened")
    result = await handed_in(me, learner, await started(me, learner, course), 60)
    assert result["state"] == "passed"


async def result_of(client: httpx.AsyncClient, path: str) -> tuple[str, int | None]:
    """State and score."""
    shown = (await client.get(path)).json()
    return shown["state"], shown["score"]


async def test_the_timer_scores_what_was_saved_after_a_restart(
    exams: Exams, learner: Actor, course: str
) -> None:
    lab = exams.feed.lab
    me = exams.as_(learner)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    path = of(learner, course, f"/attempts/{paper['attempt_id']}")
    saved = await me.put(f"{path}/answers", json={"answers": marked(paper, 60)})
    assert saved.status_code == 200
    async with lab.at_work("timer"):  # in time it takes nothing away
        assert await result_of(me, path) == ("open", None)
    ends = datetime.fromisoformat(paper["ends"])
    await exams.at(ends + timedelta(minutes=1))
    # Everything starts anew, with nothing in memory.
    again = Lab(compose(Settings()), lab.settings)
    async with (
        again.at_work("timer"),
        signing.clients(app_of(again.found, again.settings), again.clock) as as_,
    ):
        client = as_(learner)

        async def over() -> bool:
            return (await result_of(client, path))[0] != "open"

        late = await client.post(f"{path}/submission", json={"answers": {}})
        assert late.status_code == 409
        assert late.json()["rule"] in {"exam-time-over", "attempt-over"}
        await until(over)
        assert await result_of(client, path) == ("passed", 60)
        year = (await client.get(f"/people/{learner.id}/2024")).json()
        assert [e["hours"] for e in year["earned"]] == ["15.00"]
    types = [kind for (kind,) in await lab.rows("SELECT type FROM events ORDER BY position")]
    assert types[-2:] == ["exams.ExamAttemptPassed", "exams.CourseRecognised"]


async def test_an_abandoned_attempt_is_a_failed_one(
    exams: Exams, learner: Actor, course: str
) -> None:
    me = exams.as_(learner)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    path = of(learner, course, f"/attempts/{paper['attempt_id']}")
    await exams.at(datetime.fromisoformat(paper["ends"]))
    late = {"answers": {q["question_id"]: BANK[q["text"]] for q in paper["questions"]}}

    async def clocks_agree() -> bool:
        return exams.feed.lab.clock.now() >= datetime.fromisoformat(paper["ends"])

    await until(clocks_agree)
    async with signing.clients(
        app_of(exams.feed.lab.found, exams.feed.lab.settings), exams.feed.lab.clock
    ) as as_:
        me = as_(learner)
        assert (
            await statuses(
                me.post(f"{path}/submission", json=late), me.put(f"{path}/answers", json=late)
            )
            == [(409, "exam-time-over")] * 2
        )
        assert await statuses(me.post(of(learner, course, "/attempts"))) == [
            (409, "attempt-being-scored")
        ]
        await exams.at(datetime.fromisoformat(paper["ends"]) + timedelta(minutes=1))
        async with exams.feed.lab.at_work("timer"):

            async def over() -> bool:
                return (await result_of(me, path))[0] != "open"

            await until(over)
        assert await result_of(me, path) == ("failed", 0)


async def test_after_new_year_nothing_begins_but_what_began_counts(
    exams: Exams, learner: Actor, course: str
) -> None:
    lab = exams.feed.lab
    me = exams.as_(learner)
    await studied(me, learner, course)
    await exams.at(datetime(2024, 12, 31, 15, 58, tzinfo=UTC))
    async with signing.clients(app_of(lab.found, lab.settings), lab.clock) as as_:
        paper = await started(as_(learner), learner, course)
    await exams.at(datetime(2024, 12, 31, 16, 1, tzinfo=UTC))
    async with signing.clients(app_of(lab.found, lab.settings), lab.clock) as as_:
        me, other = as_(learner), await exams.person()
        assert (await handed_in(me, learner, paper, 59))["state"] == "failed"
        refused = await me.post(of(learner, course, "/attempts"))
        assert (refused.status_code, refused.json()["rule"]) == (409, "exam.window")
        assert "2024年12月31日前" in refused.json()["title"]
        (listed,) = (await me.get(f"/people/{learner.id}/2024/exams")).json()
        assert (listed["attempts_left"], listed["passed"]) == (0, False)
        late = await as_(other).post(of(other, course, "/enrolment"))
        assert (late.status_code, late.json()["rule"]) == (409, "exam.window")
        late = await as_(other).post(of(other, course, "/attempts"))
        assert (late.status_code, late.json()["rule"]) == (409, "exam.window")


async def test_2023_is_made_up_and_credited_to_2023(exams: Exams, learner: Actor) -> None:
    (course,) = await exams.publish(courses()[0] | {"year": 2023, "title": "2023年公需科目"})
    me, province = exams.as_(learner), exams.as_(PROVINCE)
    unopened = await me.post(of(learner, course, "/enrolment", 2023))
    assert (unopened.status_code, unopened.json()["rule"]) == (409, "exam.make_up")
    (listed,) = (await me.get(f"/people/{learner.id}/2023/exams")).json()
    assert listed["attempts_left"] == 0
    path = of(learner, course, "/make-up", 2023)
    missing = await province.post(path, json={})
    assert (missing.status_code, missing.json()["rule"]) == (422, "make-up-hours-missing")
    assert (await province.post(path, json={"hours": "18.00"})).status_code == 200
    (listed,) = (await me.get(f"/people/{learner.id}/2023/exams")).json()
    assert listed["attempts_left"] == 3
    await studied(me, learner, course, 2023)
    paper = (await me.post(of(learner, course, "/attempts", 2023))).json()
    submission = of(learner, course, f"/attempts/{paper['attempt_id']}/submission", 2023)
    answers = {"answers": marked(paper, 60)}
    assert (await me.post(submission, json=answers)).json()["state"] == "passed"
    assert (await me.get(f"/people/{learner.id}/2024")).json()["earned"] == []
    (earned,) = (await me.get(f"/people/{learner.id}/2023")).json()["earned"]
    assert (earned["hours"], earned["pack"]) == ("18.00", "gx-2024")


async def test_an_annulled_result_takes_the_hours_along(
    exams: Exams, learner: Actor, course: str
) -> None:
    me, province = exams.as_(learner), exams.as_(PROVINCE)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    await handed_in(me, learner, paper, 100)
    path = of(learner, course, f"/attempts/{paper['attempt_id']}/annulment")
    assert (await me.post(path, json={"reason": "替考"})).status_code == 403
    assert (await province.post(path, json={"reason": ""})).status_code == 422
    assert (await province.post(path, json={"reason": "替考"})).status_code == 200
    year = (await me.get(f"/people/{learner.id}/2024")).json()
    assert year["earned"] == []
    assert not any(c["passed"] for c in year["courses"])


async def test_a_person_not_heard_of_is_refused_only_when_the_word_is_fresh(
    exams: Exams, learner: Actor
) -> None:
    stranger, lab = Actor(uuid4(), learner.role, session_id=uuid4()), exams.feed.lab
    (course,) = await exams.publish(courses()[1])
    path = of(stranger, course, "/enrolment")
    assert await statuses(exams.as_(stranger).post(path)) == [(404, "not-found")]
    clock.move_to(exams.ticking, lab.clock.now() + timedelta(minutes=70))
    async with signing.clients(app_of(lab.found, lab.settings), lab.clock) as as_:
        behind = await as_(stranger).post(path)
        assert (behind.status_code, behind.json()["rule"]) == (503, "not-heard-of-yet")
        assert behind.headers["retry-after"]
        nowhere = of(learner, str(uuid4()), "/enrolment")
        assert await statuses(as_(learner).post(nowhere)) == [(404, "no-such-course")]
