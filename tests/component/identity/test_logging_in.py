"""登录: tokens for five minutes, sessions that are renewed, ended and locked out."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

from joserfc.jwk import KeySet

from libs.events.envelope import Role
from libs.runtime import clock
from libs.runtime.tokens import LIFE, Verifier
from tests.component.identity.caller import Caller, number
from tests.component.identity.office import PASSWORD, Office, Province


def forward(desk: Office, by: timedelta) -> None:
    """The province's clock moves on."""
    file = desk.lab.settings.clock
    assert file
    clock.move_to(file, desk.lab.clock.now() + by)


async def clock_read(desk: Office) -> None:
    """Processes look at the clock's file once a second."""
    before = (await desk.http.get("/healthz")).json()["now"]
    file = desk.lab.settings.clock
    assert file
    offset = json.loads(file.read_text())["offset_seconds"]
    async with asyncio.timeout(5):
        while desk.app.state.desk.clock._offset.total_seconds() != offset:
            await asyncio.sleep(0.05)
            await desk.http.get("/healthz")
    assert before


async def test_a_token_says_who_in_which_role_for_which_unit(province: Province) -> None:
    settings = province.office.lab.settings
    assert settings.token_keys
    keys = KeySet.import_key_set(json.loads(settings.token_keys.read_text()))
    now = province.office.lab.clock.now()
    actor = Verifier(keys).actor(province.general.token, now)
    assert (actor.role, str(actor.unit_id)) == (Role.UNIT_ADMIN, province.unit_id)
    assert str(actor.session_id) == province.general.session_id


async def test_one_person_chooses_the_role_at_login(province: Province) -> None:
    person_id, of = await province.office.person(province.account)
    assert (await province.office.log_in(of, "learner")).account_id == person_id
    login = {"document": {"number": of}, "password": PASSWORD, "role": "unit_admin"}
    assert await province.office.anybody.refused("POST", "/sessions", login) == "role-not-held"
    words = {"person_id": person_id, "role": "unit_admin", "login_allowed": False}
    await province.account.do("POST", f"/units/{province.unit_id}/admins", words)
    assert await province.office.anybody.refused("POST", "/sessions", login) == "login-not-allowed"
    path = f"/units/{province.unit_id}/admins/{person_id}/login"
    await province.account.do("PUT", path, {"allowed": True})
    admin = await province.office.log_in(of, "unit_admin")
    assert (await admin.do("GET", "/people"))["items"]


async def test_a_login_needs_no_key_and_secrets_are_nowhere(province: Province) -> None:
    _person_id, of = await province.office.person(province.account)
    answer = await province.office.http.post(
        "/sessions",
        json={"document": {"number": of}, "password": PASSWORD, "role": "learner"},
    )
    secret = answer.json()["secret"]
    for table in ("answers", "events", "sessions", "credentials"):
        rows = await province.office.lab.rows(f"SELECT row_to_json(t)::text FROM {table} t")
        assert not any(secret in row or PASSWORD in row for (row,) in rows), table


async def test_a_renewal_gives_a_new_token_until_the_session_ends(province: Province) -> None:
    desk, general = province.office, province.general
    forward(desk, LIFE + timedelta(minutes=1))
    await clock_read(desk)
    assert await general.refused("GET", "/people") == "token-expired"
    said = await desk.anybody.do("POST", "/sessions/renewals", {"secret": general.secret})
    assert said["secret"] is None
    general.token = said["token"]
    assert (await general.do("GET", "/people"))["items"]
    await general.do("DELETE", f"/sessions/{general.session_id}")
    renewal = {"secret": general.secret}
    refused = await desk.anybody.refused("POST", "/sessions/renewals", renewal)
    assert refused == "session-unknown"
    # commands look at once, queries within a second
    path = f"/units/{province.unit_id}/departments"
    assert await general.refused("POST", path, {"name": "物理学院"}) == "token-missing"


async def test_a_session_is_over_after_half_a_day(province: Province) -> None:
    desk = province.office
    forward(desk, timedelta(hours=12, minutes=1))
    await clock_read(desk)
    renewal = {"secret": province.general.secret}
    refused = await desk.anybody.refused("POST", "/sessions/renewals", renewal)
    assert refused == "session-unknown"


async def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(
    province: Province,
) -> None:
    desk = province.office
    _person_id, of = await desk.person(province.account)
    login = {"document": {"number": of}, "password": "not the password", "role": "learner"}
    for _ in range(5):
        assert await desk.anybody.refused("POST", "/sessions", login) == "login-wrong"
    right = login | {"password": PASSWORD}
    assert await desk.anybody.refused("POST", "/sessions", right) == "login-wrong"
    forward(desk, timedelta(minutes=15))
    await clock_read(desk)
    await desk.log_in(of, "learner")


async def test_under_lock_right_wrong_and_unknown_are_answered_with_the_same_words(
    province: Province,
) -> None:
    desk = province.office
    _person_id, known = await desk.person(province.account)
    wrong = {"document": {"number": known}, "password": "not the password", "role": "learner"}
    right = wrong | {"password": PASSWORD}
    unknown = right | {"document": {"number": number()}}
    said = [await desk.anybody.ask("POST", "/sessions", wrong) for _ in range(6)]
    said += [await desk.anybody.ask("POST", "/sessions", login) for login in (right, unknown)]
    assert {answer.status_code for answer in said} == {401}
    (words,) = {answer.text for answer in said}
    assert "连续 5 次输错的，账号锁定 15 分钟" in words
    failed = "SELECT count(*) FROM events WHERE type = 'identity.LoginFailed'"
    assert await desk.lab.one(failed) == 5


async def test_an_unknown_number_is_answered_like_a_wrong_password(province: Province) -> None:
    desk = province.office
    unknown = {"document": {"number": number()}, "password": PASSWORD, "role": "learner"}
    code = {"unit_code": "12450000498500301T", "password": PASSWORD, "role": "unit_account"}
    for login in (unknown, code):
        assert await desk.anybody.refused("POST", "/sessions", login) == "login-wrong"


async def test_the_tick_taken_away_ends_the_admin_s_sessions_everywhere(
    province: Province,
) -> None:
    general = province.general
    path = f"/units/{province.unit_id}/admins/{general.account_id}/login"
    await province.account.do("PUT", path, {"allowed": False})
    add = f"/units/{province.unit_id}/departments"
    assert await general.refused("POST", add, {"name": "物理学院"}) == "token-missing"
    (ended,) = await province.office.lab.rows(
        "SELECT body::json->>'session_id', body::json->>'reason' FROM events "
        "WHERE type = 'identity.SessionEnded'"
    )
    assert ended == (general.session_id, "login_denied")


async def test_nobody_ends_another_s_session_but_the_security_administrator(
    province: Province,
) -> None:
    path = f"/sessions/{province.general.session_id}"
    for caller in (province.account, province.bureau, province.system):
        assert await caller.refused("DELETE", path) == "session-unknown"
    await province.security.do("DELETE", path)
    assert await province.security.refused("DELETE", path) == "session-unknown"
    assert await province.security.refused("DELETE", f"/sessions/{uuid4()}") == "session-unknown"


async def test_a_password_is_changed_with_the_present_one(province: Province) -> None:
    desk = province.office
    _person_id, of = await desk.person(province.account)
    here, elsewhere = await desk.log_in(of, "learner"), await desk.log_in(of, "learner")
    new = "Wanglai-2025-nian"
    change = {"present": "wrong", "password": new}
    answer = await here.ask("PUT", "/me/password", change)
    said = answer.json()
    assert (answer.status_code, said["rule"]) == (422, "present-password-wrong")
    assert (said["title"], said["field"]) == ("原密码不正确", "present")
    assert "WWW-Authenticate" not in answer.headers
    change["present"] = PASSWORD
    weak = change | {"password": f"Qw-{of[-6:]}-x"}
    assert await here.refused("PUT", "/me/password", weak) == "password-weak"
    changed = await here.ask("PUT", "/me/password", change, "a-lost-answer")
    assert changed.status_code == 200, changed.text
    for _ in range(6):  # the answer was lost: what is asked again is answered, and is no guess
        again = await here.ask("PUT", "/me/password", change, "a-lost-answer")
        assert (again.status_code, again.json()) == (200, changed.json())
    await here.do("PATCH", "/me", {"email": "q@example.org"})
    mobile = {"mobile": "13800000000"}
    assert await elsewhere.refused("PATCH", "/me", mobile) == "token-missing"
    await desk.log_in(of, "learner", new)


async def test_who_is_logged_in_hears_of_the_lock_whatever_password_is_given(
    province: Province,
) -> None:
    desk = province.office
    _person_id, of = await desk.person(province.account)
    here = await desk.log_in(of, "learner")
    new = "Wanglai-2025-nian"
    wrong, right = ({"present": p, "password": new} for p in ("not the password", PASSWORD))
    weak = right | {"password": f"Qw-{of[-6:]}-x"}
    for _ in range(5):
        assert await here.refused("PUT", "/me/password", wrong) == "present-password-wrong"
    answers = [await here.ask("PUT", "/me/password", asked) for asked in (wrong, right, weak)]
    assert {answer.json()["rule"] for answer in answers} == {"account-locked"}
    assert {answer.status_code for answer in answers} == {409}
    assert "锁定 15 分钟" in answers[0].json()["remedy"]
    forward(desk, timedelta(minutes=15))
    await clock_read(desk)
    renewed = await desk.anybody.do("POST", "/sessions/renewals", {"secret": here.secret})
    here.token = renewed["token"]
    await here.do("PUT", "/me/password", right)


async def test_a_unit_account_changes_its_own(province: Province) -> None:
    change = {"present": PASSWORD, "password": "Danwei-2025-nian"}
    await province.account.do("PUT", "/me/password", change)
    code = {"unit_code": province.unit_code}
    await province.office.log_in(code, "unit_account", "Danwei-2025-nian")


async def test_without_a_token_or_with_a_forged_one_nothing_is_seen(province: Province) -> None:
    forged = Caller(province.office.http, province.general.token[:-4] + "AAAA")
    for caller in (province.office.anybody, forged):
        assert await caller.refused("GET", "/people") == "token-missing"
        assert await caller.refused("POST", "/people/search", {}) == "token-missing"
