"""Whatever is sent to any operation by any role: an answer, a reason, never a failure."""

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core import NotSet
from schemathesis.core.result import Ok

from tests.component.identity.caller import Caller
from tests.component.identity.office import Province


@pytest.fixture
async def callers(province: Province) -> list[Caller]:
    """Somebody of each kind."""
    desk = province.office
    _id, of = await desk.person(province.account)
    learner = await desk.log_in(of, "learner")
    return [
        desk.anybody,
        learner,
        province.general,
        province.account,
        province.bureau,
        province.security,
    ]


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
async def test_nothing_fails(province: Province, callers: list[Caller], data: Any) -> None:
    schema = schemathesis.openapi.from_dict(province.office.app.openapi())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    operation = data.draw(st.sampled_from(sorted(operations, key=lambda one: one.label)))
    case = data.draw(operation.as_strategy())
    caller = data.draw(st.sampled_from(callers))
    if data.draw(st.booleans()):
        known = {"person_id": province.general.account_id, "unit_id": province.unit_id}
        case.path_parameters = {**case.path_parameters, **known}
    sent = {} if isinstance(case.body, NotSet) else {"json": case.body}
    if case.media_type == "multipart/form-data":
        sent = {"files": {"file": b"nonsense"}}
    params = {name: value for name, value in (case.query or {}).items() if value is not None}
    answer = await caller.http.request(
        case.method,
        case.formatted_path,
        params=params,
        headers={"Authorization": f"Bearer {caller.token}", "Idempotency-Key": uuid4().hex},
        **sent,
    )
    assert answer.status_code < 500, (operation.label, case.body, answer.text)
    if answer.is_error:
        said = answer.json()
        assert said["rule"], said
        assert said["remedy"], said
