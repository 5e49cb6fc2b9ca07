"""The exams service at work: its people, its law, its courses, its clients."""

import tomllib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.server import Servers
from libs.events.envelope import Actor, Role
from libs.events.identity import PersonRegistered, Placement
from libs.events.policy import PackPublished
from libs.policy.drafts import draft
from libs.runtime import clock
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.exams.service import compose
from services.policy.commands import key_of
from tests.component import lab, signing
from tests.component.feeding import Feed
from tests.component.lab import AT
from tests.component.signing import As

SAMPLES = Path(__file__).parents[3] / "services/exams/samples/2024.toml"
BUREAU = UUID(int=100)
PROVINCE = Actor(UUID(int=200), Role.PROVINCE_BUREAU, UUID(int=201), session_id=uuid4())
DESK = Actor(UUID(int=300), Role.SERVICE_DESK, UUID(int=301), session_id=uuid4())

Json = Mapping[str, Any]


def courses() -> list[dict[str, Any]]:
    """The sample's courses, the required one first."""
    found: list[dict[str, Any]] = tomllib.loads(SAMPLES.read_text())["courses"]
    return found


BANK: Mapping[str, list[str]] = {q["text"]: q["right"] for q in courses()[0]["questions"]}


@dataclass(frozen=True)
class Exams:
    """The service, what it follows, its clock, and clients for whoever asks."""

    app: FastAPI
    feed: Feed
    as_: As
    ticking: Path
    unit: UUID
    department: UUID

    async def person(self, department: UUID | None = None, unit: UUID | None = None) -> Actor:
        """A learner of the unit, whom identity has told of."""
        person = uuid4()
        placement = Placement(
            unit_id=unit or self.unit,
            department_id=department,
            bureau_id=BUREAU,
            city="南宁市",
            county="青秀区",
            jurisdiction="CN-GX",
            effective=date(2024, 1, 1),
        )
        await self.feed.say(PersonRegistered(person_id=person, placement=placement, confirmed=True))
        return Actor(person, Role.LEARNER, session_id=uuid4())

    def admin(self, department: UUID | None = None) -> Actor:
        """An admin of the unit, or of a department of it."""
        role = Role.DEPARTMENT_ADMIN if department else Role.UNIT_ADMIN
        return Actor(uuid4(), role, self.unit, department, uuid4())

    async def publish(self, *forms: Json) -> list[str]:
        """The province publishes these courses."""
        province = self.as_(PROVINCE)
        answers = [await province.post("/courses", json=form) for form in forms]
        assert [a.status_code for a in answers] == [201] * len(forms), answers[-1].text
        return [str(a.json()["id"]) for a in answers]

    async def at(self, instant: datetime) -> None:
        """The clock goes on to this instant, and everybody's word is still fresh."""
        clock.move_to(self.ticking, instant)
        await self.feed.current("identity", "policy", ahead=timedelta(hours=1))


def published(name: str = "gx-2024") -> PackPublished:
    """The pack is law."""
    pack = draft(name)
    return PackPublished(
        pack_key=key_of(pack.id),
        pack=pack.id,
        pack_version=pack.version,
        jurisdiction=pack.jurisdiction,
        year=pack.year,
        content=pack.canonical_json(),
        digest=pack.digest,
        author_id=uuid4(),
        approver_id=uuid4(),
    )


@pytest.fixture
async def exams(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Exams]:
    """On 20 December 2024, with the year's pack and no course yet."""
    monkeypatch.setenv("JIXU_EXAMS_TEXT_KEY", "00" * 32)
    ticking = tmp_path / "clock.json"
    clock.start(ticking, AT)
    more = {"clock": ticking, "token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, compose(Settings()), "", more, topics=False)
    feed = Feed(mine)
    await feed.say(published())
    await feed.current("identity", "policy", ahead=timedelta(hours=1))
    app = app_of(mine.found, mine.settings)
    async with signing.clients(app, mine.clock) as as_:
        yield Exams(app, feed, as_, ticking, uuid4(), uuid4())
    lab.unmake(servers, [mine])


@pytest.fixture
async def learner(exams: Exams) -> Actor:
    """A learner of the unit's department."""
    return await exams.person(exams.department)


def of(learner: Actor, course: str, more: str = "", year: int = 2024) -> str:
    """The path of a learner's course."""
    return f"/people/{learner.id}/{year}/courses/{course}{more}"


async def studied(me: httpx.AsyncClient, learner: Actor, course: str, year: int = 2024) -> None:
    """The learner takes up the course and completes every lesson."""
    answer = await me.post(of(learner, course, "/enrolment", year))
    assert answer.status_code == 200, answer.text
    for lesson in (await me.get(f"/courses/{course}")).json()["contents"]:
        done = await me.post(of(learner, course, f"/lessons/{lesson['lesson_id']}", year))
        assert done.status_code == 200, done.text


async def started(me: httpx.AsyncClient, learner: Actor, course: str) -> dict[str, Any]:
    """An attempt and its paper."""
    answer = await me.post(of(learner, course, "/attempts"))
    assert answer.status_code == 201, answer.text
    paper: dict[str, Any] = answer.json()
    return paper


def marked(paper: Json, score: int) -> dict[str, list[str]]:
    """A sheet with just so much right that the paper comes to this score."""
    questions = paper["questions"]
    whole = sum(q["marks"] for q in questions)
    wanted = next(m for m in range(whole + 1) if 100 * m // whole == score)
    return {q["question_id"]: BANK[q["text"]] for q in _coming_to(questions, wanted)}


def _coming_to(questions: Iterable[Json], wanted: int) -> list[Json]:
    """Questions whose marks come to exactly this."""
    ways: dict[int, list[Json]] = {0: []}
    for question in questions:
        for marks, chosen in list(ways.items()):
            ways.setdefault(marks + question["marks"], [*chosen, question])
    return ways[wanted]


async def handed_in(
    me: httpx.AsyncClient, learner: Actor, paper: Json, score: int
) -> dict[str, Any]:
    """The attempt handed in with this score."""
    path = of(learner, paper["course_id"], f"/attempts/{paper['attempt_id']}/submission")
    answer = await me.post(path, json={"answers": marked(paper, score)})
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result
