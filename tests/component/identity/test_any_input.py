"""Whatever is sent to identity by anybody: an answer as it is described, never a failure."""

import httpx
import pytest

from tests.component.any_input import Asked, whatever_is_sent
from tests.component.identity.caller import Caller
from tests.component.identity.office import Province

# too many of them lock the account
COUNTED = frozenset({"code-wrong", "login-wrong", "present-password-wrong"})


@pytest.fixture
async def asked(province: Province) -> Asked:
    """Somebody of each kind."""
    desk = province.office
    _id, of = await desk.person(province.account)
    callers = {
        "nobody": desk.anybody,
        "learner": await desk.log_in(of, "learner"),
        "general": province.general,
        "account": province.account,
        "bureau": province.bureau,
        "security": province.security,
    }
    known = {
        "person_id": province.general.account_id,
        "unit_id": province.unit_id,
        "session_id": callers["learner"].session_id,
    }
    clients = {name: client(province, caller) for name, caller in callers.items()}
    return Asked(desk.app, desk.lab, clients, known, COUNTED)


def client(province: Province, caller: Caller) -> httpx.AsyncClient:
    """A client with the caller's token."""
    headers = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
    transport = httpx.ASGITransport(province.office.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://identity", headers=headers)


test_nothing_fails, test_nothing_fails_for_long = whatever_is_sent()
