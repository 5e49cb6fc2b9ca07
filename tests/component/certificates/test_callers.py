"""可办理的登录身份: certificates answers each role as its description says."""

from uuid import uuid4

from tests.component.callers import Calling, somebody
from tests.component.certificates import words
from tests.component.certificates.conftest import Office


async def test_each_operation_is_for_the_roles_that_it_names(office: Office) -> None:
    learner, room = await office.learner(), uuid4()
    there = words.placement().model_copy(update={"department_id": room})
    await office.feed.say(words.registered(learner.id, there))
    await office.has(*words.enough(learner.id))
    made = await office.generated(learner)
    calling = Calling(
        office.app,
        office.as_,
        somebody(learner.id, words.UNIT, room, words.BUREAU),
        {
            "person_id": str(learner.id),
            "year": "2024",
            "kind": "annual",
            "certificate_id": made["certificate_id"],
        },
    )
    assert await calling.wrong() == []
