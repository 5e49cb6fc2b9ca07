"""范围之外的记录，与不存在的记录作同样答复 (平台约定 第六条): whoever asks, whatever is asked."""

import re
from typing import Any
from uuid import uuid4

import httpx

from libs.events.envelope import Actor, Role
from tests.component.hours.conftest import Hours, claimed, of, spring

IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CLAIM = "/people/{person_id}/{year}/claims/{claim_id}"
AUDIT = {"passed": True}
OPERATIONS: dict[str, Any] = {
    "GET /people/{person_id}": None,
    "GET /people/{person_id}/{year}": None,
    "POST /people/{person_id}/{year}/claims": spring(),
    f"GET {CLAIM}": None,
    f"PUT {CLAIM}": spring(),
    f"DELETE {CLAIM}": None,
    f"POST {CLAIM}/submission": {},
    f"DELETE {CLAIM}/submission": None,
    f"POST {CLAIM}/audit": AUDIT,
    f"GET {CLAIM}/history": None,
    "POST /people/{person_id}/evidence": None,
    "GET /people/{person_id}/evidence/{digest}": None,
}
BODIES: dict[str, Any] = {"POST /audits": AUDIT, "POST /submissions": {}}
PDF = b"%PDF-1.4\n%%EOF\n"


async def said(client: httpx.AsyncClient, operation: str, ids: dict[str, str]) -> tuple[int, str]:
    """The answer without the ids that were asked for."""
    method, path = operation.split(" ")
    body = (OPERATIONS | BODIES)[operation]
    for name, value in ids.items():
        path = path.replace("{" + name + "}", value)
    more: dict[str, Any] = {} if body is None else {"json": dict(body)}
    if operation.endswith("/evidence"):
        more = {"files": {"file": ("a.pdf", PDF, "application/pdf")}}
    elif operation in BODIES:
        ref = {"person_id": ids["person_id"], "year": int(ids["year"]), "claim_id": ids["claim_id"]}
        more["json"]["claims"] = [ref]
    elif operation.endswith("/claims"):
        more["json"]["evidence"] = [ids["digest"]] if ids["with_evidence"] else []
    if ids["version"] and method != "GET":
        more["headers"] = {"If-Match": ids["version"]}
    answer = await client.request(method, path, **more)
    return answer.status_code, IDS.sub("-", answer.text)


async def test_of_what_is_out_of_scope_nobody_hears_that_it_exists(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    file = {"file": ("a.pdf", PDF, "application/pdf")}
    kept = await me.post(f"/people/{learner.id}/evidence", files=file)
    draft = await claimed(me, learner)
    waiting = await claimed(me, learner, name="待初审的")
    done = await claimed(me, learner, name="已通过的", began="2024-10-14/am", ended="2024-10-16/am")
    for claim in (waiting, done):
        assert (await me.post(f"{of(learner, claim)}/submission", json={})).is_success
    assert (await admin.post(f"{of(learner, done)}/audit", json=AUDIT)).is_success
    elsewhere = uuid4()
    asking = [
        await hours.person(uuid4(), unit=elsewhere),
        hours.admin(elsewhere),
        hours.admin(elsewhere, department=uuid4()),
        hours.admin(department=uuid4()),  # of another department of the same unit
        *(Actor(uuid4(), role, uuid4(), None, uuid4()) for role in Role if _far(role)),
    ]
    told = []
    for claim in (draft, waiting, done):
        version = (await me.get(of(learner, claim))).headers["etag"]
        for with_evidence, seen in (("", ""), ("yes", ""), ("", version)):
            real = {
                "person_id": str(learner.id),
                "claim_id": claim,
                "year": "2024",
                "digest": kept.json()["digest"],
                "with_evidence": with_evidence,
                "version": seen,
            }
            unknown = real | {"person_id": str(uuid4()), "claim_id": str(uuid4())}
            for actor in asking:
                client = hours.as_(actor)
                for operation in OPERATIONS | BODIES:
                    answers = [await said(client, operation, ids) for ids in (real, unknown)]
                    if answers[0] != answers[1] or answers[0][0] >= 500:
                        told.append((actor.role, operation, *answers))
    assert not told


def _far(role: Role) -> bool:
    """Whose scope this learner is not in, whatever the unit."""
    near = {Role.LEARNER, Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN, Role.PROVINCE_BUREAU}
    return role not in near | {Role.SERVICE}


async def test_another_department_s_claim_is_refused_with_rule_and_document(
    hours: Hours, learner: Actor
) -> None:
    me = hours.as_(learner)
    claim = await claimed(me, learner)
    await me.post(f"{of(learner, claim)}/submission", json={})
    other = hours.as_(hours.admin(department=uuid4()))
    problem = (await other.post(f"{of(learner, claim)}/audit", json=AUDIT)).json()
    assert (problem["status"], problem["rule"]) == (404, "not-found")
    assert problem["source"] == {"document": "平台约定", "article": "第六条 身份与管理范围"}
    assert problem["remedy"]


def test_every_operation_that_names_a_record_is_asked(hours: Hours) -> None:
    named = {
        f"{method.upper()} {path}"
        for path, operations in hours.app.openapi()["paths"].items()
        for method in operations
        if "{person_id}" in path or "{claim_id}" in path
    }
    assert named <= set(OPERATIONS)
