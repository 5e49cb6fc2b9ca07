"""重置: by the chain, and nobody beside it."""

import re
from datetime import timedelta

import pytest

from tests.component.identity.caller import number
from tests.component.identity.office import PASSWORD, Province, messages
from tests.component.identity.test_logging_in import clock_read, forward

NEW = "Wanglai-2025-nian"


async def test_a_learner_gets_a_code_to_the_own_mobile(province: Province) -> None:
    desk = province.office
    _person_id, of = await desk.person(province.account, mobile="13812345678")
    asked = {"document": {"number": of}}
    await desk.anybody.do("POST", "/password-codes", asked)
    ((mobile, text),) = messages(desk.folder)
    assert mobile == "13812345678"
    code = re.findall(r"\d{6}", text)[0]
    wrong = {**asked, "code": "000000" if code != "000000" else "111111", "password": NEW}
    assert await desk.anybody.refused("POST", "/password-resets", wrong) == "code-wrong"
    about = {**asked, "code": code, "password": f"Qw-{of[-6:]}-x"}
    assert await desk.anybody.refused("POST", "/password-resets", about) == "password-weak"
    right = {**asked, "code": code, "password": NEW}
    await desk.anybody.do("POST", "/password-resets", right, key="the-same-click")
    await desk.anybody.do("POST", "/password-resets", right, key="the-same-click")
    assert await desk.anybody.refused("POST", "/password-resets", right) == "code-wrong"
    await desk.log_in(of, "learner", NEW)


async def test_the_answer_tells_nobody_who_is_registered(province: Province) -> None:
    desk = province.office
    _person_id, with_mobile = await desk.person(province.account, mobile="13812345678")
    _person_id, without = await desk.person(province.account)
    answers = [
        (await desk.anybody.ask("POST", "/password-codes", {"document": {"number": of}})).text
        for of in (with_mobile, without, number())
    ]
    assert len(set(answers)) == 1
    assert len(messages(desk.folder)) == 1


async def test_without_the_code_no_password_tells_anything_of_the_person(
    province: Province,
) -> None:
    desk = province.office
    _person_id, known = await desk.person(province.account, mobile="13812345678")
    for of in (known, number()):
        for password, told in (
            ("Xy-12345678-Zz", "code-wrong"),
            (f"Qw-{of[-6:]}-x", "code-wrong"),
            ("12345678", "password-weak"),
        ):
            for path in ("/activations", "/password-resets"):
                guess = {"document": {"number": of}, "code": "ABCDEF123456", "password": password}
                assert await desk.anybody.refused("POST", path, guess) == told


async def test_a_second_code_comes_after_a_minute_and_a_code_lasts_ten(
    province: Province,
) -> None:
    desk = province.office
    _person_id, of = await desk.person(province.account, mobile="13812345678")
    asked = {"document": {"number": of}}
    await desk.anybody.do("POST", "/password-codes", asked)
    await desk.anybody.do("POST", "/password-codes", asked)
    assert len(messages(desk.folder)) == 1
    forward(desk, timedelta(minutes=10))
    await clock_read(desk)
    code = re.findall(r"\d{6}", messages(desk.folder)[0][1])[0]
    late = {**asked, "code": code, "password": NEW}
    assert await desk.anybody.refused("POST", "/password-resets", late) == "code-wrong"


@pytest.mark.parametrize("key", [None, "the-same-click"])
async def test_guessing_a_code_locks(province: Province, key: str | None) -> None:
    """Also under one key: each guess counts, and none is told that the key has served another."""
    desk = province.office
    _person_id, of = await desk.person(province.account, mobile="13812345678")
    asked = {"document": {"number": of}}
    await desk.anybody.do("POST", "/password-codes", asked)
    code = re.findall(r"\d{6}", messages(desk.folder)[0][1])[0]
    for n in range(5):
        guess = {**asked, "code": f"{(int(code) + n + 1) % 10**6:06d}", "password": NEW}
        said = await desk.anybody.refused("POST", "/password-resets", guess, key=key)
        assert said == "code-wrong"
    right = {**asked, "code": code, "password": NEW}
    weak = right | {"password": f"Qw-{of[-6:]}-x"}
    unknown = right | {"document": {"number": number()}}
    answers = [
        await desk.anybody.ask("POST", path, asked)
        for path in ("/password-resets", "/activations")
        for asked in (right, weak, unknown)
    ]
    assert {answer.json()["rule"] for answer in answers} == {"code-wrong"}
    (words,) = {answer.text for answer in answers}
    assert "锁定 15 分钟" in words


async def test_the_unit_resets_a_learner_and_hands_over_the_code(province: Province) -> None:
    desk = province.office
    person_id, of = await desk.person(province.account)
    learner = await desk.log_in(of, "learner")
    path = f"/people/{person_id}/activation-code"
    code = (await province.general.do("POST", path, key="the-same-click"))["code"]
    assert (await province.general.do("POST", path, key="the-same-click"))["code"] == code
    assert (await province.general.do("GET", path))["code"] == code
    assert await learner.refused("PATCH", "/me", {"mobile": ""}) == "token-missing"
    login = {"document": {"number": of}, "password": PASSWORD, "role": "learner"}
    assert await desk.anybody.refused("POST", "/sessions", login) == "login-wrong"
    words = {"document": {"number": of}, "code": code.lower(), "password": NEW}
    await desk.anybody.do("POST", "/activations", words)
    await desk.log_in(of, "learner", NEW)
    assert await province.general.refused("GET", path) == "code-wrong"


async def test_an_admin_is_reset_by_the_unit_account_and_the_account_on_a_letter(
    province: Province,
) -> None:
    desk, general = province.office, province.general
    path = f"/people/{general.account_id}/activation-code"
    second = await desk.admin(province.account, province.unit_id, "unit_admin")
    assert await second.refused("POST", path) == "admin-handled-above"
    await province.account.do("POST", path)
    path = f"/units/{province.unit_id}/activation-code"
    assert await province.bureau.refused("POST", path, {}) == "letter-wanted"
    letter = {"letter": "样例大学函〔2024〕8号，2024年12月19日"}
    code = (await province.bureau.do("POST", path, letter))["code"]
    assert (
        await province.account.refused(
            "POST", f"/units/{province.unit_id}/departments", {"name": "物理学院"}
        )
        == "token-missing"
    )
    words = {"unit_code": province.unit_code, "code": code, "password": NEW}
    await desk.anybody.do("POST", "/activations", words)
    (kept,) = await desk.lab.rows("SELECT letter FROM letters")
    assert kept == (letter["letter"],)


async def test_codes_are_stored_nowhere(province: Province) -> None:
    desk = province.office
    said = await province.account.do("POST", "/people", {"number": number(), "name": "覃小明"})
    code = said["activation_code"]
    for table in ("events", "answers", "activations", "kept", "aside"):
        rows = await desk.lab.rows(f"SELECT row_to_json(t)::text FROM {table} t")
        assert not any(code in row for (row,) in rows), table
