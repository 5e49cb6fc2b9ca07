"""Whatever is sent to hours by anybody: an answer as it is described, never a failure."""

from uuid import uuid4

import pytest

from libs.events.envelope import Actor
from tests.component.any_input import Asked, whatever_is_sent
from tests.component.hours.conftest import Hours, claimed


@pytest.fixture
async def asked(hours: Hours, learner: Actor) -> Asked:
    """With a claim of a learner's."""
    callers = {
        "learner": hours.as_(learner),
        "admin": hours.as_(hours.admin()),
        "another department's": hours.as_(hours.admin(department=uuid4())),
    }
    claim = await claimed(callers["learner"], learner)
    known = {"person_id": str(learner.id), "year": "2024", "claim_id": claim}
    return Asked(hours.app, hours.feed.lab, callers, known)


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
