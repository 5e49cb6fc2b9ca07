"""可办理的登录身份: identity answers each role as its description says."""

import os
from dataclasses import replace
from uuid import UUID, uuid4

import httpx

from libs.events.envelope import Actor, Role
from services.identity.keys import Signer
from tests.component.callers import Calling, somebody
from tests.component.identity.caller import number, unit_code
from tests.component.identity.office import Province
from tests.component.signing import Keyed

ADMIN = "/units/{unit_id}/admins/{person_id}"
UNFOUND = frozenset({"GET /me", "GET /units/{unit_id}", "GET /units/{unit_id}/departments"})
"""Of the own, where there is nobody behind a token; of a unit that the three don't see."""

OF_OTHERS = {
    ("POST /units", Role.SYSTEM_ADMIN),
    (f"DELETE {ADMIN}/{{role}}", Role.UNIT_ADMIN),
    ("POST /offices/{role}/activation-code", Role.SYSTEM_ADMIN),
}
"""Whose task it is for another kind of unit, admin or office than is asked for here."""


async def test_each_operation_is_for_the_roles_that_it_names(province: Province) -> None:
    desk = province.office
    rooms = f"/units/{province.unit_id}/departments"
    room = (await province.account.do("POST", rooms, {"name": "内科"}))["id"]
    person, of = await desk.person(province.account, department_id=room)
    session = (await desk.log_in(of, "learner")).session_id
    signer = Signer(os.environ["JIXU_IDENTITY_SIGNING_KEY"])

    def as_(actor: Actor) -> httpx.AsyncClient:
        token = signer.token(actor, desk.lab.clock.now())
        transport = httpx.ASGITransport(desk.app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {token}"}
        return Keyed(transport=transport, base_url="http://identity", headers=headers)

    everybody = somebody(UUID(person), UUID(province.unit_id), UUID(room), UUID(province.bureau_id))
    holder = replace(everybody[Role.SYSTEM_ADMIN], id=UUID(province.system.account_id))
    chosen = {"people": [person]}
    calling = Calling(
        desk.app,
        as_,
        everybody | {Role.SYSTEM_ADMIN: holder},
        {
            "person_id": person,
            "unit_id": province.unit_id,
            "department_id": room,
            "session_id": session,
            "level": "regional",
            "role": "system_admin",
        },
        {
            "POST /units": {
                "code": unit_code(),
                "name": "另一家医院",
                "affiliation": "city",
                "city": "南宁市",
                "county": "青秀区",
            },
            "PUT /units/{unit_id}/name": {"name": "另一名称"},
            "POST /units/{unit_id}/departments": {"name": "外科"},
            "POST /units/{unit_id}/bases": {"level": "regional"},
            "POST /units/{unit_id}/admins": {
                "person_id": person,
                "role": "department_admin",
                "department_id": room,
                "login_allowed": True,
            },
            f"PUT {ADMIN}/department": {"department_id": room},
            f"PUT {ADMIN}/login": {"allowed": True},
            "POST /people": {"number": number(), "name": "覃大明"},
            "PATCH /people/{person_id}": {"mobile": "13800000009"},
            "PUT /people/{person_id}/identity": {"name": "覃大明", "proof": "更名证明"},
            "PUT /people/{person_id}/department": {"department_id": None},
            "POST /people/confirmations": chosen,
            "POST /people/departments": chosen | {"department_id": None},
            "PATCH /me": {"mobile": "13800000009"},
            "PUT /me/department": {"department_id": None},
            "PUT /me/unit": {"unit_id": str(uuid4())},
            "PUT /me/password": {"present": "wrong", "password": "Xuexi-2025-banzhou"},
        },
        UNFOUND,
    )
    assert {(operation, role) for operation, role, *_ in await calling.wrong()} == OF_OTHERS
