"""Whatever is sent to exams by anybody: an answer as it is described, never a failure."""

import pytest

from libs.events.envelope import Actor
from tests.component.any_input import Asked, whatever_is_sent
from tests.component.exams.conftest import DESK, PROVINCE, Exams, courses, started, studied


@pytest.fixture
async def asked(exams: Exams, learner: Actor) -> Asked:
    """With a course that a learner studies, and an attempt under way."""
    (course,) = await exams.publish(courses()[0])
    callers = {
        "learner": exams.as_(learner),
        "admin": exams.as_(exams.admin()),
        "province": exams.as_(PROVINCE),
        "desk": exams.as_(DESK),
    }
    await studied(callers["learner"], learner, course)
    attempt = await started(callers["learner"], learner, course)
    known = {
        "person_id": str(learner.id),
        "year": "2024",
        "course_id": course,
        "attempt_id": attempt["attempt_id"],
    }
    return Asked(exams.app, exams.feed.lab, callers, known)


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
