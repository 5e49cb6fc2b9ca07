"""Every account descends from the three administrators."""

from typing import Any

import pytest

from tests.component.identity.caller import number
from tests.component.identity.office import PASSWORD, Office, Province


async def test_set_up_prints_three_codes_and_only_once(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(desk.offices) == {"system_admin", "security_admin", "audit_admin"}
    capsys.readouterr()
    assert desk.lab.found.after_migrate
    await desk.lab.found.after_migrate(desk.lab.settings)
    assert capsys.readouterr().out == ""


def taking(desk: Office, role: str, of: str, name: str = "韦系统") -> dict[str, Any]:
    return {"number": of, "name": name, "code": desk.offices[role], "password": PASSWORD}


async def test_nobody_holds_two_of_the_three(desk: Office) -> None:
    of = number()
    await desk.take_office("system_admin", of, "韦系统")
    for role in ("security_admin", "audit_admin"):
        words = taking(desk, role, of)
        said = await desk.anybody.refused("PUT", f"/offices/{role}/holder", words)
        assert said == "one-of-three"


async def test_an_office_code_is_good_once_and_for_its_office(desk: Office) -> None:
    await desk.take_office("system_admin", number())
    for words in (
        taking(desk, "system_admin", number()),
        taking(desk, "security_admin", number()),
    ):
        said = await desk.anybody.refused("PUT", "/offices/system_admin/holder", words)
        assert said == "code-wrong"
    assert (
        await desk.anybody.refused(
            "PUT", "/offices/learner/holder", taking(desk, "system_admin", number())
        )
        == "code-wrong"
    )


async def test_an_office_passes_to_a_successor(desk: Office) -> None:
    system = await desk.take_office("system_admin", number(), "韦系统")
    security = await desk.take_office("security_admin", number(), "黄安全")
    path = "/offices/system_admin"
    assert await security.refused("POST", f"{path}/activation-code") == "office-held"
    await security.do("DELETE", f"{path}/holder")
    assert await system.refused("DELETE", "/offices/security_admin/holder") == "token-missing"
    desk.offices["system_admin"] = (await security.do("POST", f"{path}/activation-code"))["code"]
    await desk.take_office("system_admin", number(), "蒙系统")
    held = {office["role"]: office["name"] for office in await security.do("GET", "/offices")}
    assert held == {"system_admin": "蒙系统", "security_admin": "黄安全", "audit_admin": None}


async def test_a_province_from_nothing(province: Province) -> None:
    said = await province.bureau.do("GET", "/units")
    assert [unit["name"] for unit in said["items"]] == ["广西样例大学", "自治区人社厅"]
    assert (await province.system.do("GET", "/units"))["items"][0]["kind"] == "province_bureau"


async def test_the_audit_administrator_sees_every_act_and_nobody_s_name(
    province: Province,
) -> None:
    audit = await province.office.take_office("audit_admin", number(), "陆审计")
    assert await province.bureau.refused("GET", "/audit") == "not-your-task"
    deeds, cursor = [], ""
    while cursor is not None:
        page = await audit.do("GET", "/audit", params={"limit": 7, "cursor": cursor})
        deeds += page["items"]
        cursor = page["next"]
    positions = [deed["position"] for deed in deeds]
    assert positions == list(range(len(positions), 0, -1))
    kinds = {deed["type"] for deed in deeds}
    assert {"identity.AdminAppointed", "identity.UnitRegistered"} <= kinds
    shown = {deed["type"]: deed["shown"] for deed in deeds}
    assert shown["identity.AdminAppointed"] == "新增管理员"
    assert "莫管理" not in str(deeds)
    about = await audit.do("GET", "/audit", params={"about": province.unit_id})
    assert {deed["about"] for deed in about["items"]} == {province.unit_id}
