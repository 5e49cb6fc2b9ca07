"""Whatever is sent to filing by anybody: an answer as it is described, never a failure."""

from uuid import uuid4

import pytest

from libs.events.envelope import Actor, Role
from tests.component.any_input import Asked, whatever_is_sent
from tests.component.filing.conftest import Filing, requested


@pytest.fixture
async def asked(filing: Filing) -> Asked:
    """With a class whose hours are requested."""
    callers = {
        "base": filing.as_(filing.base),
        "province": filing.as_(filing.province),
        "learner": filing.as_(Actor(uuid4(), Role.LEARNER, session_id=uuid4())),
    }
    path = await requested(callers["base"])
    known = {"filing_id": path.rpartition("/")[2], "roster_id": str(uuid4())}
    return Asked(filing.app, filing.feed.lab, callers, known)


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
