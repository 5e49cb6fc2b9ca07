"""A claim from its registration to its deletion, over HTTP."""

import asyncio
from typing import Any
from uuid import uuid4

from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from tests.component.hours.conftest import (
    Hours,
    claimed,
    extended,
    of,
    published,
    registered,
    spring,
)


async def test_registered_submitted_passed_counted_and_deleted(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    claim = await claimed(me, learner)
    assert (await me.post(f"{of(learner, claim)}/submission", json={})).status_code == 200
    waiting = (await admin.get("/claims", params={"state": "submitted"})).json()["items"]
    assert [item["claim_id"] for item in waiting] == [claim]
    passed = await admin.post(f"{of(learner, claim)}/audit", json={"passed": True})
    assert passed.status_code == 200, passed.text
    year = (await me.get(f"/people/{learner.id}/2024")).json()
    assert (year["total"], year["by_category"]["professional"]) == ("20.00", "20.00")
    assert any("还差 70 学时" in sentence for sentence in year["missing"])
    assert (await admin.delete(of(learner, claim))).status_code == 200
    assert (await me.get(f"/people/{learner.id}/2024")).json()["total"] == "0.00"
    steps = (await me.get(f"{of(learner, claim)}/history")).json()
    assert [step["what"] for step in steps] == [
        "hours.HoursClaimed",
        "hours.ClaimSubmitted",
        "hours.AuditPassed",
        "hours.HoursRecognised",
        "hours.ClaimDeleted",
        "hours.HoursRevoked",
    ]
    assert [step["shown"] for step in steps] == [
        "学时登记",
        "提交审核",
        "审核通过",
        "学时认定",
        "删除登记",
        "学时撤销",
    ]


async def test_who_is_on_the_way_here_is_waited_for(hours: Hours, learner: Actor) -> None:
    lab = hours.feed.lab
    await lab.rows("UPDATE heard SET as_of = as_of - interval '2 hours' RETURNING 1")
    newcomer, nobody = (Actor(uuid4(), Role.LEARNER, session_id=uuid4()) for _ in range(2))
    asked = [
        asyncio.create_task(hours.as_(one).post(of(one), json=spring()))
        for one in (newcomer, nobody)
    ]
    answered, _ = await asyncio.wait(asked, timeout=0.5)
    assert not answered  # neither yes nor no while a word may be on its way
    await hours.tell(newcomer)
    await hours.feed.current("identity", "policy")
    assert [(await answer).status_code for answer in asked] == [201, 404]


async def test_a_batch_answers_each_item_and_one_refusal_harms_no_other(
    hours: Hours, learner: Actor
) -> None:
    me = hours.as_(learner)
    good = await claimed(me, learner)
    done = await claimed(me, learner, began="2024-10-08/am", ended="2024-10-08/pm", hours="8.00")
    await me.post(f"{of(learner, done)}/submission", json={})
    refs = [{"person_id": str(learner.id), "year": 2024, "claim_id": c} for c in (good, done)]
    answers = (await me.post("/submissions", json={"claims": refs})).json()
    assert [a["refused"] and a["refused"]["rule"] for a in answers] == [
        None,
        "claim-not-to-be-submitted",
    ]


async def test_a_batch_s_key_serves_that_batch_alone_also_for_another_answer(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    key = {"Idempotency-Key": "the-same-click"}
    refs = [
        {"person_id": str(learner.id), "year": 2024, "claim_id": await claimed(me, learner, **more)}
        for more in ({}, {"began": "2024-10-08/am", "ended": "2024-10-08/pm", "hours": "8.00"})
    ]
    asked: tuple[tuple[Any, str, Any, Any], ...] = (
        (me, "/submissions", {"claims": refs[:1]}, {"claims": refs}),
        (
            admin,
            "/audits",
            {"claims": refs[:1], "passed": True},
            {"claims": refs, "passed": False, "opinion": "不符"},
        ),
    )
    for who, path, one, other in asked:
        first = await who.post(path, json=one, headers=key)
        refused = await who.post(path, json=other, headers=key)
        assert (refused.status_code, refused.json()["rule"]) == (422, "key-reused")
        assert (await who.post(path, json=one, headers=key)).json() == first.json()
        assert [item["refused"] for item in first.json()] == [None]
        await me.post("/submissions", json={"claims": refs[1:]})  # still to be done


async def test_a_department_s_admin_sees_the_own_department_alone(
    hours: Hours, learner: Actor
) -> None:
    other = await hours.person()
    for who in (learner, other):
        claim = await claimed(hours.as_(who), who)
        await hours.as_(who).post(f"{of(who, claim)}/submission", json={})
    of_department = hours.as_(hours.admin(department=hours.department))
    seen = (await of_department.get("/claims")).json()["items"]
    assert {item["person_id"] for item in seen} == {str(learner.id)}
    of_unit = (await hours.as_(hours.admin()).get("/claims")).json()["items"]
    assert {item["person_id"] for item in of_unit} == {str(learner.id), str(other.id)}


async def test_a_refusal_names_rule_document_and_what_to_do(hours: Hours, learner: Actor) -> None:
    answer = await hours.as_(learner).post(of(learner), json=spring(hours="4.25"))
    assert answer.status_code == 422
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["rule"] == "finer-than-the-step"
    assert problem["field"] == "hours"
    assert all((problem["title"], problem["remedy"], problem["source"]["document"]))


async def test_a_year_whose_policy_says_nothing_of_claims_is_refused_with_its_document(
    hours: Hours, learner: Actor
) -> None:
    await hours.feed.say(published("gx-2021"))
    said = spring(began="2021-11-04/am", ended="2021-11-06/am")
    answer = await hours.as_(learner).post(f"/people/{learner.id}/2021/claims", json=said)
    problem = answer.json()
    assert (answer.status_code, problem["rule"]) == (404, "no-pack-for-the-year")
    assert problem["remedy"]
    assert problem["source"]["document"]


async def test_what_was_submitted_in_time_is_not_lost_when_the_window_has_closed(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    claim, draft = await claimed(me, learner), await claimed(me, learner, name="未提交的登记")
    await me.post(f"{of(learner, claim)}/submission", json={})
    await hours.feed.say(published(over="2024-12-01"))
    late = await me.post(f"{of(learner, draft)}/submission", json={})
    assert (late.status_code, late.json()["rule"]) == (409, "claim-window-closed")
    assert (await me.delete(f"{of(learner, claim)}/submission")).status_code == 200
    assert (await me.post(f"{of(learner, claim)}/submission", json={})).status_code == 200
    for answer in ({"passed": True}, {"passed": False, "opinion": "材料不清"}):
        problem = (await admin.post(f"{of(learner, claim)}/audit", json=answer)).json()
        assert (problem["rule"], problem["status"]) == ("audit-window-closed", 409)
        assert problem["source"] == {"document": "2024年度学习通知", "article": "二（三）"}
        assert "延长审验时限" in problem["remedy"]
    await hours.feed.say(extended("hours.audit", until="2024-12-31"))
    passed = await admin.post(f"{of(learner, claim)}/audit", json={"passed": True})
    assert passed.status_code == 200, passed.text
    (item,) = (await admin.get("/claims", params={"state": "passed"})).json()["items"]
    assert item["late"]


async def test_what_an_authority_passed_names_it_to_whoever_would_delete_it(
    hours: Hours, learner: Actor
) -> None:
    office = uuid4()
    await hours.feed.say(registered(office, UnitKind.INDUSTRY_AUTHORITY, "自治区卫生健康委"))
    official = hours.as_(Actor(uuid4(), Role.INDUSTRY_AUTHORITY, office, None, uuid4()))
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    claim = await claimed(me, learner)
    await me.post(f"{of(learner, claim)}/submission", json={"to_unit_id": str(office)})
    not_ours = (await admin.post(f"{of(learner, claim)}/audit", json={"passed": True})).json()
    assert (not_ours["rule"], "卫生健康委" in not_ours["remedy"]) == ("sent-elsewhere", True)
    await official.post(f"{of(learner, claim)}/audit", json={"passed": True})
    for client, rule in ((me, "claim-not-to-be-deleted"), (admin, "passed-elsewhere")):
        problem = (await client.delete(of(learner, claim))).json()
        assert (problem["rule"], "卫生健康委" in problem["remedy"]) == (rule, True)
    assert (await official.delete(of(learner, claim))).status_code == 200


async def test_five_half_days_are_twenty_hours_beside_what_is_asked(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    said = spring()
    del said["hours"]
    answer = await me.post(of(learner), json=said)
    assert answer.status_code == 201, answer.text
    more = await claimed(me, learner, name="另一研修班", hours="24.00")
    listed = (await admin.get("/claims")).json()["items"]
    words = {"draft": "待提交", "submitted": "待初审", "passed": "通过认定"}
    assert all(item["state_shown"] == words[item["state"]] for item in listed)
    assert [(item["proposed"], item["asked"]) for item in listed] == [
        ("20.00", "24.00"),
        ("20.00", "20.00"),
    ]
    await me.post(f"{of(learner, more)}/submission", json={})
    path = f"{of(learner, more)}/audit"
    silent = (await admin.post(path, json={"passed": True})).json()
    assert (silent["rule"], silent["field"]) == ("more-than-the-half-days", "hours")
    stated = {"passed": True, "hours": "24.00", "opinion": "结业证载明 24 学时"}
    assert (await admin.post(path, json=stated)).status_code == 200
    told = (await me.get(of(learner, more))).json()
    assert (told["state_shown"], told["opinion"]) == ("通过认定", "结业证载明 24 学时")


async def test_what_is_unverified_is_shown_so_and_not_passed_blindly(
    hours: Hours, learner: Actor
) -> None:
    me, admin = hours.as_(learner), hours.as_(hours.admin())
    paper = {"rule": "works.paper", "ended": "2024-11-04/am", "hours": "90.00"}
    bare = await claimed(me, learner, **paper)
    refused = (await me.post(f"{of(learner, bare)}/submission", json={})).json()
    assert (refused["rule"], refused["field"]) == ("evidence-required", "evidence")
    sent = {"file": ("paper.pdf", b"%PDF-1.7\n% a paper\n", "application/pdf")}
    digest = (await me.post(f"/people/{learner.id}/evidence", files=sent)).json()["digest"]
    claim = await claimed(me, learner, name="期刊论文", evidence=[digest], **paper)
    await me.post(f"{of(learner, claim)}/submission", json={})
    (item,) = (await admin.get("/claims", params={"state": "submitted"})).json()["items"]
    assert (item["kind"]["status"], item["kind"]["document"], item["proposed"]) == (
        "unverified",
        "桂人社规〔2019〕4号",
        None,
    )
    ref = {"person_id": str(learner.id), "year": 2024, "claim_id": claim}
    blind = (await admin.post("/audits", json={"passed": True, "claims": [ref]})).json()
    assert blind[0]["refused"]["rule"] == "quantity-not-stated"
    stated = [ref | {"hours": "12.00"}]
    done = (await admin.post("/audits", json={"passed": True, "claims": stated})).json()
    assert done[0]["refused"] is None
    assert (await me.get(f"/people/{learner.id}/2024")).json()["total"] == "12.00"


async def test_texts_are_kept_apart_from_events(hours: Hours, learner: Actor) -> None:
    await claimed(hours.as_(learner), learner, content="带教新同事")
    lab = hours.feed.lab
    assert await lab.one("SELECT text FROM texts") == "带教新同事"
    assert await lab.one("SELECT count(*) FROM events WHERE body LIKE '%%带教%%'") == 0
