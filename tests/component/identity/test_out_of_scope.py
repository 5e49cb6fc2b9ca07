"""范围之外的记录，与不存在的记录作同样答复 (平台约定 第六条): whoever asks, whatever is asked."""

import re
from typing import Any
from uuid import uuid4

from tests.component.identity.caller import Caller
from tests.component.identity.office import Province

IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMED = ("person_id", "unit_id", "department_id", "session_id")
DEPARTMENT = {"department_id": None}
PERSON: dict[str, Any] = {
    "GET /people/{person_id}": None,
    "PATCH /people/{person_id}": {"mobile": "13800000009"},
    "PUT /people/{person_id}/identity": {"name": "覃大明", "proof": "更名证明"},
    "DELETE /people/{person_id}": None,
    "GET /people/{person_id}/activation-code": None,
    "POST /people/{person_id}/activation-code": None,
    "POST /people/{person_id}/confirmation": None,
    "POST /people/{person_id}/refusal": None,
    "PUT /people/{person_id}/department": DEPARTMENT,
    "PUT /units/{own}/admins/{person_id}/department": DEPARTMENT,
    "PUT /units/{own}/admins/{person_id}/login": {"allowed": True},
    "DELETE /units/{own}/admins/{person_id}/unit_admin": None,
    "DELETE /units/{own}/admins/{person_id}/department_admin": None,
}
UNIT: dict[str, Any] = {
    "GET /units/{unit_id}": None,
    "PUT /units/{unit_id}/name": {"name": "另一名称"},
    "POST /units/{unit_id}/activation-code": {},
    "GET /units/{unit_id}/departments": None,
    "POST /units/{unit_id}/departments": {"name": "新部门"},
    "DELETE /units/{unit_id}/departments/{department_id}": None,
    "DELETE /units/{own}/departments/{department_id}": None,
    "GET /units/{unit_id}/admins": None,
    "POST /units/{unit_id}/bases": {"level": "regional"},
    "DELETE /units/{unit_id}/bases/regional": None,
    "DELETE /sessions/{session_id}": None,
    "PUT /units/{unit_id}/admins/{person_id}/department": DEPARTMENT,
    "PUT /units/{unit_id}/admins/{person_id}/login": {"allowed": True},
    "DELETE /units/{unit_id}/admins/{person_id}/unit_admin": None,
}
BODIES: dict[str, Any] = {
    "POST /units/{unit_id}/admins": {"person_id": "{person_id}", "role": "unit_admin"},
    "POST /units/{own}/admins": {"person_id": "{person_id}", "role": "unit_admin"},
    "POST /people/confirmations": {"people": ["{person_id}"]},
    "POST /people/departments": {"people": ["{person_id}"], "department_id": None},
    "POST /people/search": {"unit_id": "{unit_id}", "department_id": "{department_id}"},
    "PUT /me/department": {"department_id": "{department_id}"},
}
OPERATIONS = PERSON | UNIT | BODIES


def of(words: Any, ids: dict[str, str]) -> Any:
    """The same with these ids in it."""
    match words:
        case str():
            for name, value in ids.items():
                words = words.replace("{" + name + "}", value)
            return words
        case dict():
            return {key: of(value, ids) for key, value in words.items()}
        case list():
            return [of(one, ids) for one in words]
        case _:
            return words


async def said(caller: Caller, operation: str, ids: dict[str, str]) -> tuple[int, str]:
    """The answer without the ids that were asked for."""
    method, path = of(operation, ids).split(" ")
    body = of(OPERATIONS[operation], ids)
    if operation.endswith("/admins") and body:
        body |= {"login_allowed": True, "department_id": None}
    answer = await caller.ask(method, path, body)
    return answer.status_code, IDS.sub("-", answer.text)


async def strangers(province: Province) -> tuple[str, dict[str, Caller]]:
    """The other unit's id, and its staff, with the learner that one of them is."""
    office = province.office
    unit_id, code = await office.unit(province.bureau, "另一家医院")
    account = await office.unit_account(unit_id, code, province.bureau)
    rooms = f"/units/{unit_id}/departments"
    room = (await account.do("POST", rooms, {"name": "外科"}))["id"]
    _, number = await office.person(account, "陆学员")
    return unit_id, {
        "unit_account": account,
        "unit_admin": await office.admin(account, unit_id, "unit_admin"),
        "department_admin": await office.admin(account, unit_id, "department_admin", room),
        "learner": await office.log_in(number, "learner"),
        "system_admin": province.system,
        "security_admin": province.security,
    }


async def test_of_what_is_out_of_scope_nobody_hears_that_it_exists(province: Province) -> None:
    own, staff = await strangers(province)
    rooms = f"/units/{province.unit_id}/departments"
    room = (await province.account.do("POST", rooms, {"name": "内科"}))["id"]
    admin = await province.office.admin(
        province.account, province.unit_id, "department_admin", room
    )
    plain, _ = await province.office.person(province.account)
    unknown = {name: str(uuid4()) for name in NAMED} | {"own": own}
    told = []
    for person_id in (plain, admin.account_id):
        ids = {
            "person_id": person_id,
            "unit_id": province.unit_id,
            "department_id": room,
            "session_id": admin.session_id,
            "own": own,
        }
        for role, caller in staff.items():
            for operation in OPERATIONS:
                if (role, operation) == ("security_admin", "DELETE /sessions/{session_id}"):
                    continue  # whose task it is
                answers = [await said(caller, operation, these) for these in (ids, unknown)]
                if answers[0] != answers[1]:
                    told.append((role, operation, *answers))
    assert not told


def test_every_operation_that_names_a_record_is_asked(province: Province) -> None:
    asked = {re.sub("{own}", "{unit_id}", one) for one in OPERATIONS}
    asked = {re.sub("/(unit_admin|department_admin)$", "/{role}", one) for one in asked}
    asked = {re.sub("/regional$", "/{level}", one) for one in asked}
    named = {
        f"{method.upper()} {path}"
        for path, operations in province.office.app.openapi()["paths"].items()
        for method in operations
        if any("{" + name + "}" in path for name in NAMED)
    }
    assert named <= asked
