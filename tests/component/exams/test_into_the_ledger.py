"""From the exam into the ledger of hours, over the broker, and out of it again."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from deploy.local.server import Servers
from libs.events.envelope import Actor
from libs.runtime import broker
from libs.runtime.settings import Settings
from services.hours.service import compose
from tests.component import lab, sources
from tests.component.exams.conftest import PROVINCE, Exams, courses, handed_in, of, started, studied
from tests.component.lab import Lab, until

CONTEXTS = ("identity", "policy", "filing", "exams", "hours")


@dataclass(frozen=True)
class Ledger:
    """hours, which follows exams."""

    hours: Lab

    async def standing(self) -> list[tuple[object, ...]]:
        """What stands in it."""
        return await self.hours.rows(
            "SELECT year, category, recognised, source, by_unit_id FROM entries"
        )


async def test_passed_credited_annulled_and_taken_out(
    exams: Exams,
    learner: Actor,
    servers: Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JIXU_HOURS_TEXT_KEY", "00" * 32)
    prefix = sources.prefix()
    await broker.create_topics(servers.kafka, broker.wanted_topics(prefix, CONTEXTS))
    mine = exams.feed.lab
    relayed = replace(mine, settings=mine.settings.model_copy(update={"prefix": prefix}))
    more = {"clock": exams.ticking}
    hours = await lab.make(servers, compose(Settings(files=tmp_path)), prefix, more)
    ledger = Ledger(hours)
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    async with relayed.at_work("relay"), hours.at_work("react"):
        await studied(me, learner, course)
        paper = await started(me, learner, course)
        await handed_in(me, learner, paper, 60)

        async def credited() -> bool:
            course_s = (2024, "public.required", 1500, "course", PROVINCE.unit_id)
            return await ledger.standing() == [course_s]

        await until(credited)
        path = of(learner, course, f"/attempts/{paper['attempt_id']}/annulment")
        assert (await exams.as_(PROVINCE).post(path, json={"reason": "替考"})).status_code == 200

        async def gone() -> bool:
            return await ledger.standing() == []

        await until(gone)
        await handed_in(me, learner, await started(me, learner, course), 80)
        await until(credited)
    lab.unmake(servers, [hours])
