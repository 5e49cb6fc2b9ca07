"""可办理的登录身份: hours answers each role as its description says."""

from tests.component.callers import Calling, somebody
from tests.component.hours.conftest import BUREAU, Hours, claimed, of, spring

CLAIM = "/people/{person_id}/{year}/claims/{claim_id}"


async def test_each_operation_is_for_the_roles_that_it_names(hours: Hours) -> None:
    learner = await hours.person(hours.department)
    me = hours.as_(learner)
    file = {"file": ("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
    kept = await me.post(f"/people/{learner.id}/evidence", files=file)
    claim = await claimed(me, learner, evidence=[kept.json()["digest"]])
    assert (await me.post(f"{of(learner, claim)}/submission", json={})).is_success
    ref = {"person_id": str(learner.id), "year": 2024, "claim_id": claim}
    calling = Calling(
        hours.app,
        hours.as_,
        somebody(learner.id, hours.unit, hours.department, BUREAU),
        {
            "person_id": str(learner.id),
            "year": "2024",
            "claim_id": claim,
            "digest": kept.json()["digest"],
        },
        {
            "POST /people/{person_id}/{year}/claims": spring(),
            f"PUT {CLAIM}": {k: v for k, v in spring().items() if k != "promised"},
            f"POST {CLAIM}/audit": {"passed": True},
            "POST /audits": {"passed": True, "claims": [ref]},
            "POST /submissions": {"claims": [ref]},
        },
    )
    assert await calling.wrong() == []
