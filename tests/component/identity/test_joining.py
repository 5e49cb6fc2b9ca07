"""个人注册 and 单位变动: who joins, who confirms, who moves; and every bad input that it meets."""

import asyncio
from typing import Any

from tests.component.identity.caller import number
from tests.component.identity.office import PASSWORD, Office, Province


def registration(unit_id: str, **more: Any) -> dict[str, Any]:
    return {
        "number": number(),
        "name": "覃小明",
        "mobile": "138 0000 0000",
        "unit_id": unit_id,
        "password": PASSWORD,
        **more,
    }


async def counted(desk: Office) -> Any:
    """Everything that a refusal must leave as it was."""
    return await desk.lab.rows(
        "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM vault), "
        "(SELECT count(*) FROM credentials), (SELECT count(*) FROM answers)"
    )


async def test_a_person_registers_and_the_unit_confirms(province: Province) -> None:
    desk = province.office
    (unit,) = await desk.anybody.do("GET", "/units/open", params={"name": "样例大学"})
    words = registration(unit["unit_id"])
    joined = await desk.anybody.do("POST", "/registrations", words)
    learner = await desk.log_in(words["number"], "learner")
    mine = await learner.do("GET", "/me")
    assert (mine["name"], mine["membership"], mine["mobile"]) == (
        "覃小明",
        "pending",
        "13800000000",
    )
    assert words["number"] not in str(mine)
    waiting = await province.general.do("GET", "/people", params={"membership": "pending"})
    assert [one["person_id"] for one in waiting["items"]] == [joined["id"]]
    await province.general.do("POST", f"/people/{joined['id']}/confirmation")
    assert (await learner.do("GET", "/me"))["membership"] == "member"
    again = await province.general.refused("POST", f"/people/{joined['id']}/confirmation")
    assert again == "membership-not-pending"


async def test_several_are_confirmed_at_once_and_one_refusal_harms_no_other(
    province: Province,
) -> None:
    desk = province.office
    words = registration(province.unit_id)
    joined = await desk.anybody.do("POST", "/registrations", words)
    body = {"people": [joined["id"], province.general.account_id]}
    good, bad = await province.account.do("POST", "/people/confirmations", body)
    assert good["refused"] is None
    assert bad["refused"]["rule"] == "membership-not-pending"


BAD: list[tuple[dict[str, Any], str, int]] = [
    ({"number": "450102199003071239"}, "document-number-invalid", 422),
    ({"number": "45010219901307123X"}, "document-number-invalid", 422),
    ({"kind": "passport", "number": "护照"}, "document-number-invalid", 422),
    ({"kind": "library_card"}, "body-invalid", 422),
    ({"name": "覃小明138"}, "name-invalid", 422),
    ({"name": "覃\u0000"}, "body-invalid", 422),
    ({"mobile": "12345"}, "mobile-invalid", 422),
    ({"email": "nobody"}, "email-invalid", 422),
    ({"password": "12345678"}, "password-weak", 422),
    ({"unit_id": "00000000-0000-0000-0000-000000000009"}, "unit-unknown", 422),
    ({"department_id": "00000000-0000-0000-0000-000000000009"}, "department-of-another-unit", 422),
    ({"is_admin": True}, "body-invalid", 422),
]


async def test_bad_input_is_refused_with_its_rule_and_changes_nothing(
    province: Province,
) -> None:
    before = await counted(province.office)
    for wrong, rule, status in BAD:
        words = registration(province.unit_id) | wrong
        answer = await province.office.anybody.ask("POST", "/registrations", words)
        assert (answer.json()["rule"], answer.status_code) == (rule, status), wrong
        assert words["number"] not in answer.text
    assert await counted(province.office) == before


async def test_lone_surrogates_and_oversized_bodies_are_refused_at_the_edge(
    desk: Office,
) -> None:
    for body, status in ((b'{"name": "\\ud800"}', 422), (b"{" * 300_000, 413)):
        answer = await desk.http.post(
            "/registrations",
            content=body,
            headers={"Content-Type": "application/json", "Idempotency-Key": "a-key-of-a-test"},
        )
        assert answer.status_code == status, answer.text
        assert answer.json()["remedy"]


async def test_a_change_without_a_key_is_refused(province: Province) -> None:
    words = registration(province.unit_id)
    answer = await province.office.http.post("/registrations", json=words)
    assert (answer.status_code, answer.json()["rule"]) == (400, "key-missing")


async def test_a_repeated_key_is_one_registration_and_with_another_body_refused(
    province: Province,
) -> None:
    desk = province.office
    words = registration(province.unit_id)
    key = "the-same-click"
    first = await desk.anybody.do("POST", "/registrations", words, key=key)
    assert await desk.anybody.do("POST", "/registrations", words, key=key) == first
    other = words | {"mobile": "13900000000"}
    assert await desk.anybody.refused("POST", "/registrations", other, key=key) == "key-reused"
    # the key is the asker's: another number may use the same
    another = registration(province.unit_id)
    assert await desk.anybody.do("POST", "/registrations", another, key=key) != first


async def test_a_number_is_registered_once_also_by_two_at_the_same_moment(
    province: Province,
) -> None:
    desk = province.office
    words = registration(province.unit_id)
    answers = await asyncio.gather(
        *(desk.anybody.ask("POST", "/registrations", words) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    refused = {a.json()["rule"] for a in answers if a.status_code == 409}
    assert refused == {"number-registered"}


async def test_fifteen_digits_and_another_s_name_are_noticed(province: Province) -> None:
    desk = province.office
    words = registration(province.unit_id)
    await desk.anybody.do("POST", "/registrations", words)
    of = words["number"]
    old = words | {"number": of[:6] + of[8:17]}
    assert await desk.anybody.refused("POST", "/registrations", old) == "number-registered"
    answer = await desk.anybody.ask("POST", "/registrations", words | {"name": "黄大山"})
    said = answer.json()
    assert said["rule"] == "number-of-another-name"
    assert "证件号码填写有误" in said["title"]
    assert "姓名填写有误" in said["title"]


async def test_a_move_waits_for_the_new_unit_and_ends_the_old_role(province: Province) -> None:
    desk = province.office
    hospital, code = await desk.unit(province.bureau, "广西样例医院")
    account = await desk.unit_account(hospital, code, province.bureau)
    person_id, of = await desk.person(province.account)
    words = {"person_id": person_id, "role": "unit_admin", "login_allowed": True}
    await province.account.do("POST", f"/units/{province.unit_id}/admins", words)
    admin, learner = await desk.log_in(of, "unit_admin"), await desk.log_in(of, "learner")
    await learner.do("PUT", "/me/unit", {"unit_id": hospital})
    add = f"/units/{province.unit_id}/departments"
    assert await admin.refused("POST", add, {"name": "物理学院"}) == "token-missing"
    assert await province.general.refused("GET", f"/people/{person_id}") == "person-not-in-scope"
    await account.do("POST", f"/people/{person_id}/confirmation")
    mine = await learner.do("GET", "/me")
    assert (mine["unit_name"], mine["membership"]) == ("广西样例医院", "member")
    admins = await province.account.do("GET", f"/units/{province.unit_id}/admins")
    assert person_id not in {one["person_id"] for one in admins}


async def test_who_is_declined_is_told_and_chooses_again(province: Province) -> None:
    desk = province.office
    words = registration(province.unit_id)
    joined = await desk.anybody.do("POST", "/registrations", words)
    await province.general.do("POST", f"/people/{joined['id']}/refusal")
    learner = await desk.log_in(words["number"], "learner")
    assert (await learner.do("GET", "/me"))["membership"] == "declined"
    await learner.do("PUT", "/me/unit", {"unit_id": province.unit_id})
    assert (await learner.do("GET", "/me"))["membership"] == "pending"


async def test_a_stale_if_match_is_refused_and_a_fresh_one_taken(province: Province) -> None:
    person_id, _of = await province.office.person(province.account)
    path = f"/people/{person_id}"
    seen = (await province.general.ask("GET", path)).headers["etag"]
    await province.account.do("PATCH", path, {"mobile": "13800000001"})
    answer = await province.general.ask(
        "PATCH", path, {"mobile": "13800000002"}, headers={"If-Match": seen}
    )
    assert (answer.status_code, answer.json()["rule"]) == (412, "stale-version")
    seen = (await province.general.ask("GET", path)).headers["etag"]
    fresh = {"headers": {"If-Match": seen}}
    await province.general.do("PATCH", path, {"mobile": "13800000002"}, **fresh)
    assert (await province.general.do("GET", path))["mobile"] == "13800000002"
    bad = {"headers": {"If-Match": "*"}}
    assert await province.general.refused("PATCH", path, {"mobile": ""}, **bad) == (
        "if-match-malformed"
    )


async def test_two_changes_at_once_lose_nothing(province: Province) -> None:
    person_id, _of = await province.office.person(province.account)
    path = f"/people/{person_id}"
    await asyncio.gather(
        province.account.do("PATCH", path, {"mobile": "13800000001"}),
        province.general.do("PATCH", path, {"email": "q@example.org"}),
    )
    said = await province.general.do("GET", path)
    assert (said["mobile"], said["email"]) == ("13800000001", "q@example.org")


async def test_a_name_is_corrected_on_proof_that_stays_in_the_vault(province: Province) -> None:
    desk = province.office
    person_id, of = await desk.person(province.account, "覃小明")
    right = number()
    path = f"/people/{person_id}/identity"
    words = {"name": "覃大明", "number": right, "proof": "户口簿更名页"}
    await province.general.do("PUT", path, words, key="correct-the-name")
    await province.general.do("PUT", path, words, key="correct-the-name")
    assert (await province.general.do("GET", f"/people/{person_id}"))["name"] == "覃大明"
    await desk.log_in(right, "learner")
    login = {"document": {"number": of}, "password": PASSWORD, "role": "learner"}
    assert await desk.anybody.refused("POST", "/sessions", login) == "login-wrong"
    (row,) = await desk.lab.rows(
        "SELECT body FROM events WHERE type = 'identity.IdentityCorrected'"
    )
    assert row[0].count("覃") == 0
    assert '"fields":["number","name"]' in row[0]


async def test_a_number_is_not_corrected_to_another_person_s(province: Province) -> None:
    person_id, _of = await province.office.person(province.account)
    _other_id, other = await province.office.person(province.account)
    words = {"number": other, "proof": "身份证复印件"}
    path = f"/people/{person_id}/identity"
    assert await province.general.refused("PUT", path, words) == "number-registered"


async def test_who_is_erased_is_nowhere_but_in_the_log_that_says_nothing(
    province: Province,
) -> None:
    desk = province.office
    person_id, of = await desk.person(province.account, mobile="13812345678")
    learner = await desk.log_in(of, "learner")
    assert await province.general.refused("DELETE", f"/people/{person_id}") == "not-your-task"
    await province.bureau.do("DELETE", f"/people/{person_id}")
    for table in ("vault", "shown", "people"):
        found = await desk.lab.rows(f"SELECT FROM {table} WHERE person_id = %s", person_id)
        assert found == [], table
    for table in ("credentials", "activations", "sessions"):
        found = await desk.lab.rows(f"SELECT FROM {table} WHERE account_id = %s", person_id)
        assert found == [], table
    assert await learner.refused("PUT", "/me/department", {"department_id": None}) == (
        "token-missing"
    )
    # the number is free again, for a new person
    words = registration(province.unit_id, number=of)
    assert (await desk.anybody.do("POST", "/registrations", words))["id"] != person_id
