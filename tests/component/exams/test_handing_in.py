"""交卷 while answers are being saved: what was saved is what is scored."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.envelope import Actor, Envelope
from libs.runtime.log.answers import Accepted, Asked
from services.exams.commands import SaveAnswers, SubmitAnswers
from services.exams.rules.examining import SAVED_MEANWHILE
from tests.component.exams.conftest import Exams, courses, marked, of, started, studied

ROUNDS = 12


async def test_what_was_saved_while_handing_in_is_scored(exams: Exams) -> None:
    (course,) = await exams.publish(courses()[0])
    saved_first = 0
    for _ in range(ROUNDS):
        learner = await exams.person()
        me = exams.as_(learner)
        await studied(me, learner, course)
        paper = await started(me, learner, course)
        path = of(learner, course, f"/attempts/{paper['attempt_id']}")
        less = {"answers": marked(paper, 40)}
        assert (await me.put(f"{path}/answers", json=less)).status_code == 200
        handing_in = asyncio.create_task(me.post(f"{path}/submission", json={}))
        saved = await me.put(f"{path}/answers", json={"answers": marked(paper, 100)})
        result = await handing_in
        assert result.status_code == 200, result.text
        assert saved.status_code in (200, 409), saved.text
        is_saved = saved.status_code == 200
        saved_first += is_saved
        assert result.json()["score"] == (100 if is_saved else 40)
    assert saved_first


async def test_a_sheet_that_the_same_batch_saves_is_read_again(
    exams: Exams, learner: Actor
) -> None:
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    await studied(me, learner, course)
    paper = await started(me, learner, course)
    at: datetime = exams.feed.lab.clock.now()
    about = {"person_id": learner.id, "year": 2024, "course_id": UUID(course)}
    about |= {"attempt_id": UUID(paper["attempt_id"])}
    save = SaveAnswers(**about, envelope=click(learner, at), answers=letters(marked(paper, 100)))
    hand_in = SubmitAnswers(
        **about, envelope=click(learner, at), answers={}, score=0, as_saved=True, saved_at=None
    )
    desk = exams.app.state.desk
    done, refused = await asyncio.gather(
        *(desk.submit(Asked(command)) for command in (save, hand_in)), return_exceptions=True
    )
    assert isinstance(done, Accepted)
    assert isinstance(refused, Refused)
    assert refused.rule == SAVED_MEANWHILE
    with pytest.raises(Refused):  # the sheet was never read again
        await desk.submit(Asked(hand_in))
    path = of(learner, course, f"/attempts/{paper['attempt_id']}/submission")
    assert (await me.post(path, json={})).json()["score"] == 100


def click(learner: Actor, at: datetime) -> Envelope:
    """A click of the learner."""
    return Envelope(at=at, actor=learner, key=uuid4().hex, correlation=uuid7())


def letters(answers: Mapping[str, Any]) -> dict[UUID, tuple[str, ...]]:
    """As a command has them."""
    return {UUID(question): tuple(marks) for question, marks in answers.items()}
