"""90 hours become a certificate; deleting 4 of them takes it away."""

import time
from datetime import datetime
from typing import Any

import pypdfium2 as pdfium
import zxingcpp

from deploy.local.story.claims import LEARNER, YEAR, of
from deploy.local.story.scene import Scene, seen
from deploy.local.telling import NotAsTold, expect
from libs.events.values import HalfDay, Hours
from libs.policy.windows import CHINA
from services.certificates import qr


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
    scene.notes |= {"certificate": made["id"], "number": number, "title": found["title"]}
    said = await nobody.do("GET", f"/certificates/v/{number}")
    expect(said["status"] == "valid", f"verification says {said}")
    paper, place = await printed(scene, found)
    text = scanned(paper)
    by_qr = await verified_by_qr(scene, paper)
    public = await nobody.do("GET", "/certificates/keys")
    signed = qr.Paper(number, found["title"], LEARNER, by_qr["masked_number"])
    read = qr.read(text)
    expect(read is not None and qr.genuine(read, signed, public), "off line it is not genuine")
    forged = qr.Paper(number, found["title"], "韦冒名", by_qr["masked_number"])
    expect(read is not None and not qr.genuine(read, forged, public), "another name is genuine")
    return (
        f"No. {number} is {said['shown']} as of {in_china(said['as_of'])}, by number and by "
        f"its QR; its signature holds off line; {place}"
    )


async def printed(scene: Scene, found: dict[str, Any]) -> tuple[bytes, str]:
    """The certificate on paper, and where it lies."""
    path = f"/certificates/issued/{found['certificate_id']}/paper"
    paper = (await scene.cast.callers["learner"].ask("GET", path)).content
    expect(paper.startswith(b"%PDF-"), f"no paper: {paper[:300]!r}")
    return paper, scene.papers.keep(found["title"], paper, f"valid, No. {found['number']}")


async def verified_by_qr(scene: Scene, paper: bytes) -> dict[str, Any]:
    """What anybody is told who scans this paper; it must be genuine and valid."""
    path = scanned(paper).removeprefix(scene.wiring.address)
    said: dict[str, Any] = await scene.cast.nobody.do("GET", path)
    expect(said["status"] == "valid", f"verification by QR says {said}")
    expect(said["signature"] == "genuine", f"the signature is {said['signature']}")
    return said


def scanned(paper: bytes) -> str:
    """What the QR on the paper says, read from its picture."""
    (page,) = pdfium.PdfDocument(paper)
    found = zxingcpp.read_barcode(page.render(scale=3).to_pil())
    if found is None:
        raise NotAsTold("no QR can be read from the paper")
    return str(found.text)


async def a_new_one_is_generated(scene: Scene) -> str:
    """What remains suffices: a new certificate with a new number."""
    found, place = await valid_one(scene, "annual")
    expect(found["number"] != scene.notes["number"], "the new certificate has the old number")
    scene.notes["new number"] = found["number"]
    total = Hours.parse(found["totals"]["total"]).shown
    return f"No. {found['number']} at {total} hours; {place}"


async def the_exam_has_its_own(scene: Scene) -> str:
    """公需科目考试合格证书: for the required course and its exam alone."""
    found, place = await valid_one(scene, "public")
    return f"No. {found['number']}; {place}"


async def valid_one(scene: Scene, kind: str) -> tuple[dict[str, Any], str]:
    """A certificate of this kind is generated, printed and verified; where its paper lies."""
    learner = scene.cast.callers["learner"]
    made = await learner.do("POST", f"/certificates/years/{YEAR}/{kind}")
    found: dict[str, Any] = await learner.do("GET", f"/certificates/issued/{made['id']}")
    paper, place = await printed(scene, found)
    await verified_by_qr(scene, paper)
    return found, place


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
    place = scene.papers.falls(scene.notes["title"], f"fallen, No. {number}; it counts no longer")
    return (
        f"{took * 1000:.0f} ms after the deletion it is {said['shown']}: {why(said['fall'])}; "
        f"printing it is refused: {old}; {place}"
    )


def why(fall: dict[str, Any]) -> str:
    """When a certificate fell, because of which entry, and by which rule."""
    entry = fall["entry"]
    ends = dict.fromkeys(HalfDay.parse(entry[end]).shown for end in ("began", "ended"))
    return (
        f"{in_china(fall['at'])}, the {Hours.parse(entry['hours']).shown} hours of "
        f"{' to '.join(ends)} were deleted; {fall['rule']}: {fall['says']}"
    )


def in_china(instant: str) -> str:
    """As the clock on the wall says it there, to the second."""
    return f"{datetime.fromisoformat(instant).astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
