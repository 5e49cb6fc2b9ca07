"""A room of learners whose time is over together: three questions, not two for each."""

from datetime import timedelta

from psycopg import AsyncConnection

from libs.runtime.timing import Task
from services.exams.commands import EndAttempt
from services.exams.timers import attempts_over
from tests.component.counting import statements
from tests.component.exams.conftest import Exams, courses, marked, of, started, studied


async def test_attempts_that_end_together_are_scored_by_three_statements(exams: Exams) -> None:
    (course,) = await exams.publish(courses()[0])
    scores = {}
    for wanted in (100, 60, None):
        learner = await exams.person(exams.department)
        me = exams.as_(learner)
        await studied(me, learner, course)
        paper = await started(me, learner, course)
        if wanted is not None:
            path = of(learner, course, f"/attempts/{paper['attempt_id']}/answers")
            saved = await me.put(path, json={"answers": marked(paper, wanted)})
            assert saved.status_code == 200, saved.text
        scores[learner.id] = wanted or 0
    lab = exams.feed.lab
    over = lab.clock.now() + timedelta(days=1)
    found: list[Task] = []

    async def look(conn: AsyncConnection) -> None:
        found.extend(await attempts_over(conn, over, 0))

    assert await statements(lab.settings.database, look) == 3
    ended = [one.command for one in found if isinstance(one.command, EndAttempt)]
    assert {one.person_id: one.score for one in ended} == scores
