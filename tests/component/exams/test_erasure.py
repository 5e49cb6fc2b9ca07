"""Who is erased leaves results, and nothing of what was marked or written."""

from libs.events.envelope import Actor
from libs.events.identity import PersonErased
from tests.component.exams.conftest import Exams, courses, handed_in, started, studied
from tests.component.lab import until

LOG = "SELECT position, body FROM events ORDER BY position"
KEPT = "SELECT FROM answer_sheets WHERE person_id = %s"


async def test_answer_sheets_of_the_erased_go_and_of_nobody_else(
    exams: Exams, learner: Actor
) -> None:
    (course,) = await exams.publish(courses()[0])
    lab, other = exams.feed.lab, await exams.person()
    for who in (learner, other):
        me = exams.as_(who)
        await studied(me, who, course)
        await handed_in(me, who, await started(me, who, course), 60)
    assert await lab.rows(KEPT, learner.id)
    before = await lab.rows(LOG)
    await exams.feed.say(PersonErased(person_id=learner.id))

    async def gone() -> bool:
        return not await lab.rows(KEPT, learner.id)

    async with lab.at_work("timer"):
        await until(gone)
    assert await lab.rows(KEPT, other.id)
    assert await lab.rows(LOG) == before
