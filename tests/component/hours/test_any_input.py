"""Whatever is sent to hours by anybody: an answer as it is described, never a failure."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.events.envelope import Actor
from tests.component.any_input import LONG, Asked, quickly
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


@quickly()
@given(data=st.data())
async def test_nothing_fails(asked: Asked, data: Any) -> None:
    await asked.anything(data)


@pytest.mark.long
@quickly(LONG)
@given(data=st.data())
async def test_nothing_fails_for_long(asked: Asked, data: Any) -> None:
    await asked.anything(data)
