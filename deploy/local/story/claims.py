"""A learner's hours: registered, submitted, audited; 90 of them become a certificate."""

from typing import Any

from deploy.local.story.caller import Caller
from deploy.local.story.scene import Scene, seen
from deploy.local.telling import expect

YEAR = 2024
LEARNER = "覃小明"
ACTIVITIES = (
    ("新知识研修班", "2024-03-04/am", "2024-03-09/pm", "24.00"),
    ("数据治理培训", "2024-05-13/am", "2024-05-18/pm", "24.00"),
    ("课程设计工作坊", "2024-07-08/am", "2024-07-13/pm", "24.00"),
    ("实验安全进修", "2024-09-02/am", "2024-09-05/am", "14.00"),
    ("学术写作讲习", "2024-10-14/am", "2024-10-14/am", "4.00"),
)


def said(name: str, began: str, ended: str, hours: str) -> dict[str, Any]:
    """What the form says."""
    return {
        "category": "professional",
        "rule": "training",
        "name": name,
        "organiser": "样例大学教师发展中心",
        "form": "线下",
        "began": began,
        "ended": ended,
        "result": "合格",
        "hours": hours,
        "promised": True,
    }


def of(learner: Caller) -> str:
    """Where the learner's claims are."""
    return f"/hours/people/{learner.account_id}/{YEAR}/claims"


async def a_learner_claims(scene: Scene) -> str:
    """Five trainings, submitted together."""
    cast = scene.cast
    learner = await cast.learner(
        cast.callers["general"], LEARNER, department_id=scene.notes["信息学院"]
    )
    cast.callers["learner"] = learner
    claims = [
        (await learner.do("POST", of(learner), said(*activity)))["id"] for activity in ACTIVITIES
    ]
    scene.notes["last claim"] = claims[-1]
    refs = [{"person_id": learner.account_id, "year": YEAR, "claim_id": claim} for claim in claims]
    answers = await learner.do("POST", "/hours/submissions", {"claims": refs})
    expect(not any(a["refused"] for a in answers), f"a submission was refused: {answers}")
    finer = said(*ACTIVITIES[0]) | {"hours": "4.25"}
    refusal = await learner.refused("POST", of(learner), finer)
    return f"{len(claims)} claims submitted together; 4.25 hours were refused: {refusal}"


async def the_unit_passes(scene: Scene) -> str:
    """The department's admin passes one, the rest in batch; not what isn't theirs."""
    learner, admin = scene.cast.callers["learner"], scene.cast.callers["department"]
    mine = f"/hours/claims?state=submitted&person_id={learner.account_id}"

    async def waiting() -> bool:
        found = await admin.do("GET", mine)
        return len(found["items"]) == len(ACTIVITIES)

    await seen(waiting, "the claims in the department's list")
    items = (await admin.do("GET", mine))["items"]
    first, *rest = [
        {"person_id": i["person_id"], "year": i["year"], "claim_id": i["claim_id"]} for i in items
    ]
    no_opinion = await admin.refused(
        "POST", f"{of(learner)}/{first['claim_id']}/audit", {"passed": False}
    )
    await admin.do("POST", f"{of(learner)}/{first['claim_id']}/audit", {"passed": True})
    answers = await admin.do("POST", "/hours/audits", {"claims": rest, "passed": True})
    expect(not any(a["refused"] for a in answers), f"an audit was refused: {answers}")
    year = await learner.do("GET", f"/hours/people/{learner.account_id}/{YEAR}")
    counted = year["by_category"]["professional"]
    expect(counted == "90.00", f"the year counts {counted} professional hours")
    return f"90 hours are recognised; a refusal without opinion was refused: {no_opinion}"
