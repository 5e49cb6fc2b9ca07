"""Every account descends from the three administrators."""

from tests.component.identity.office import Office, Province


async def test_set_up_prints_three_codes_once(desk: Office) -> None:
    assert set(desk.offices) == {"system_admin", "security_admin", "audit_admin"}


async def test_a_province_from_nothing(province: Province) -> None:
    said = await province.bureau.do("GET", "/units")
    assert [unit["name"] for unit in said["items"]] == ["广西样例大学", "自治区人社厅"]
