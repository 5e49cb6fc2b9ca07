"""90 hours become a certificate; deleting 4 of them takes it away."""

import time

from deploy.local.story.claims import YEAR, of
from deploy.local.story.scene import Scene, seen
from deploy.local.telling import expect


async def the_certificate_is_generated(scene: Scene) -> str:
    """Number, paper, and anybody's verification."""
    learner, nobody = scene.cast.callers["learner"], scene.cast.nobody
    path = f"/certificates/people/{learner.account_id}/years/{YEAR}"

    async def satisfied() -> bool:
        answer = await learner.ask("GET", path)
        kinds = answer.json().get("kinds", []) if answer.is_success else []
        return any(kind["kind"] == "annual" and kind["satisfied"] for kind in kinds)

    await seen(satisfied, "the standing at 90 hours")
    made = await learner.do("POST", f"/certificates/years/{YEAR}/annual")
    found = await learner.do("GET", f"/certificates/issued/{made['id']}")
    number = found["number"]
    scene.notes |= {"certificate": made["id"], "number": number}
    paper = await learner.ask("GET", f"/certificates/issued/{made['id']}/paper")
    expect(paper.content.startswith(b"%PDF-"), f"no paper: {paper.text[:300]}")
    scene.out.mkdir(parents=True, exist_ok=True)
    (scene.out / f"{number}.pdf").write_bytes(paper.content)
    said = await nobody.do("GET", f"/certificates/v/{number}")
    expect(said["status"] == "valid", f"verification says {said}")
    return f"No. {number} is {said['shown']} as of {said['as_of']}; out/{number}.pdf"


async def a_deletion_revokes_it(scene: Scene) -> str:
    """The unit deletes a 4-hour claim; anybody sees the certificate fall, and why."""
    cast = scene.cast
    learner, number = cast.callers["learner"], scene.notes["number"]
    claim = scene.notes["last claim"]
    await cast.callers["general"].do("DELETE", f"{of(learner)}/{claim}")
    deleted = time.monotonic()

    async def revoked() -> bool:
        said = await cast.nobody.do("GET", f"/certificates/v/{number}")
        return bool(said["status"] == "revoked")

    await seen(revoked, "the revocation")
    took = time.monotonic() - deleted
    said = await cast.nobody.do("GET", f"/certificates/v/{number}")
    old = await learner.refused("GET", f"/certificates/issued/{scene.notes['certificate']}/paper")
    return f"{took * 1000:.0f} ms after the deletion: {said['fall']}; printing it: {old}"
