"""Who connects to an API reads in which roles each operation may be called, by official terms."""

from libs.events.envelope import Role
from libs.events.roles import EVERYBODY, OFFICIAL, named
from tests.contract.conftest import Described
from tests.contract.test_glossary import TERMS


def test_an_operation_names_its_roles_or_is_open_to_all(described: Described) -> None:
    _, found = described
    wrong = []
    for path in found["paths"].values():
        for one in path.values():
            roles = [Role(role) for role in one.get("x-roles", ())]
            told = one["description"].rpartition("\n\n")[2]
            if "security" not in one:
                good = not roles and "无须登录" in told
            else:
                terms = "、".join(f"{OFFICIAL[role]} `{role.value}`" for role in roles)
                good = bool(roles) and set(roles) <= EVERYBODY and told.endswith(f": {terms}.")
            if not good:
                wrong.append((one["operationId"], told))
    assert wrong == []


def test_roles_are_called_as_the_glossary_calls_them() -> None:
    assert {f"Role.{role.name}": term for role, term in OFFICIAL.items()} == {
        f"Role.{role.name}": TERMS[f"Role.{role.name}"] for role in Role
    }


def test_one_role_two_and_three_are_named_in_their_order() -> None:
    assert named({Role.PROVINCE_BUREAU}) == "自治区人力资源社会保障厅"
    assert named({Role.UNIT_ADMIN, Role.UNIT_ACCOUNT}) == "单位账号或单位总管理员"
    three = {Role.SERVICE, Role.DEPARTMENT_ADMIN, Role.UNIT_ADMIN, Role.UNIT_ACCOUNT}
    assert named(three) == "单位账号、单位总管理员或二级管理员"
