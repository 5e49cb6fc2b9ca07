"""可办理的登录身份: policy answers each role as its description says."""

from uuid import uuid4

from tests.component.callers import Calling, somebody
from tests.component.policy.conftest import Policy


async def test_each_operation_is_for_the_roles_that_it_names(policy: Policy) -> None:
    await policy.publish("gx-2021")
    calling = Calling(
        policy.app,
        policy.as_,
        somebody(uuid4(), uuid4(), None, uuid4()),
        {"name": "gx-2021"},
        {
            "POST /packs/{name}/proposals": {"content": {}},
            "POST /packs/{name}/approval": {"digest": "0" * 64},
            "POST /packs/{name}/extensions": {
                "window": "hours.audit",
                "until": "2025-03-31",
                "reason": "系统维护",
            },
        },
    )
    assert await calling.wrong() == []
