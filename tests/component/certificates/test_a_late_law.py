"""A law that comes after the entries: everybody is judged by it once, a part at a look."""

import json
from uuid import UUID

import pytest
from psycopg import AsyncConnection

from libs.policy import packs
from libs.runtime.database import connect
from libs.runtime.log.answers import Asked
from libs.runtime.log.writer import Writer
from libs.runtime.timing import Task
from services.certificates import timers
from services.certificates.commands import Reassess
from services.certificates.timers import Rejudging
from tests.component.certificates import words
from tests.component.certificates.conftest import Office
from tests.component.counting import read_for
from tests.component.lab import until

CORRECTED = packs.from_json(json.dumps(json.loads(words.GX.canonical_json()) | {"version": 2}))


@pytest.fixture
async def people(office: Office) -> list[UUID]:
    """Five learners with hours, in whose year the law was corrected since."""
    learners = [await office.learner() for _ in range(5)]
    for learner in learners:
        await office.has(*words.enough(learner.id))
    await office.feed.say(words.published(CORRECTED))
    return sorted(learner.id for learner in learners)


async def is_done(office: Office) -> bool:
    """Everybody has been gone through."""
    said = await office.lab.rows("SELECT upto FROM rejudged")
    return said == [(None,)]


async def by_the_new_one(office: Office) -> set[UUID]:
    """Whose standing is judged by the corrected law."""
    query = "SELECT person_id FROM standings WHERE digest = %s"
    return {person for (person,) in await office.lab.rows(query, CORRECTED.digest)}


async def test_everybody_is_judged_and_a_restart_reads_nobody_s_entries(
    office: Office, people: list[UUID]
) -> None:
    async with office.lab.at_work("timer"):
        await until(lambda: is_done(office))
    assert await by_the_new_one(office) == set(people)
    now = office.lab.clock.now()

    async def started_anew(conn: AsyncConnection) -> list[Task]:
        return list(await Rejudging()(conn, now, 0))

    assert await read_for(office.lab.settings.database, "kept", started_anew) == (0, 0)
    assert await read_for(office.lab.settings.database, "people", started_anew) == (0, 0)


async def test_it_goes_on_where_it_was_stopped(
    office: Office, people: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "A_PART", 2)
    judged: list[list[UUID]] = []
    async with (
        office.lab.writer() as writer,
        await connect(office.lab.settings.database) as conn,
    ):
        while not await is_done(office):
            judged.append(await one_look(office, conn, writer))
    assert [part for part in judged if part] == [people[:2], people[2:4], people[4:]]


async def one_look(office: Office, conn: AsyncConnection, writer: Writer) -> list[UUID]:
    """Of a process that has just been started; whom it has judged."""
    commands = [task.command for task in await Rejudging()(conn, office.lab.clock.now(), 0)]
    for command in commands:
        await writer.submit(Asked.of(command, command.envelope.key.encode()))
    return [command.person_id for command in commands if isinstance(command, Reassess)]


async def test_what_no_law_can_judge_does_not_stop_it(office: Office, people: list[UUID]) -> None:
    stranger = await office.learner()
    unknown = words.recognised(stranger.id, "8").model_copy(update={"category": "unheard_of"})
    await office.has(unknown)
    async with office.lab.at_work("timer"):
        await until(lambda: is_done(office))
    assert await by_the_new_one(office) == set(people)
