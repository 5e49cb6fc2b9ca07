"""Whatever is sent to policy by anybody: an answer as it is described, never a failure."""

from uuid import uuid4

import pytest

from libs.events.envelope import Actor, Role
from tests.component.any_input import Asked, whatever_is_sent
from tests.component.policy.conftest import Policy


@pytest.fixture
async def asked(policy: Policy) -> Asked:
    """With a law that is published."""
    await policy.publish("gx-2021")
    learner = Actor(uuid4(), Role.LEARNER, session_id=uuid4())
    actors = {"author": policy.author, "approver": policy.approver, "learner": learner}
    callers = {name: policy.as_(actor) for name, actor in actors.items()}
    return Asked(policy.app, policy.feed.lab, callers, {"name": "gx-2021"})


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
