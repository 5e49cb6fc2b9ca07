"""Whatever is sent to certificates by anybody: an answer as it is described, never a failure."""

from datetime import timedelta
from uuid import uuid4

import pytest

from libs.events.envelope import Actor, Role
from tests.component.any_input import Asked, whatever_is_sent
from tests.component.certificates import words
from tests.component.certificates.conftest import Office


@pytest.fixture
async def asked(office: Office) -> Asked:
    """With a certificate of a learner's."""
    learner = await office.learner()
    await office.has(*words.enough(learner.id))
    made = await office.generated(learner)
    await office.feed.current("hours", "identity", "policy", ahead=timedelta(hours=1))
    admin = Actor(uuid4(), Role.UNIT_ADMIN, words.UNIT, session_id=uuid4())
    callers = {"learner": office.as_(learner), "admin": office.as_(admin)}
    known = {
        "person_id": str(learner.id),
        "year": "2024",
        "kind": "annual",
        "certificate_id": made["certificate_id"],
        "number": made["number"],
    }
    return Asked(office.app, office.lab, callers, known)


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
