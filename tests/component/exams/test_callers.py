"""可办理的登录身份: exams answers each role as its description says."""

import json
from uuid import uuid4

from tests.component.callers import Calling, somebody
from tests.component.exams.conftest import BUREAU, Exams, courses, started, studied

COURSE = "/people/{person_id}/{year}/courses/{course_id}"


async def test_each_operation_is_for_the_roles_that_it_names(exams: Exams) -> None:
    room = uuid4()
    learner = await exams.person(room)
    (course,) = await exams.publish(courses()[0])
    me = exams.as_(learner)
    await studied(me, learner, course)
    attempt = await started(me, learner, course)
    calling = Calling(
        exams.app,
        exams.as_,
        somebody(learner.id, exams.unit, room, BUREAU),
        {
            "person_id": str(learner.id),
            "year": "2024",
            "course_id": course,
            "attempt_id": attempt["attempt_id"],
            "lesson_id": attempt["attempt_id"],
        },
        {
            "POST /courses": courses()[1],
            "POST /courses/import": {"course": json.dumps(courses()[1])},
            f"PUT {COURSE}/attempts/{{attempt_id}}/answers": {"answers": {}},
            f"POST {COURSE}/attempts/{{attempt_id}}/annulment": {"reason": "替考"},
        },
    )
    assert await calling.wrong() == []
