"""A claim from its registration to its deletion, over HTTP."""

import asyncio
from uuid import uuid4

from libs.events.envelope import Actor, Role
from tests.component.hours.conftest import Hours, claimed, of, spring


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


async def test_texts_are_kept_apart_from_events(hours: Hours, learner: Actor) -> None:
    await claimed(hours.as_(learner), learner, content="带教新同事")
    lab = hours.feed.lab
    assert await lab.one("SELECT text FROM texts") == "带教新同事"
    assert await lab.one("SELECT count(*) FROM events WHERE body LIKE '%%带教%%'") == 0
