"""A learner's claims of several kinds: with evidence, amended, withdrawn, misdirected, repaired."""

from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from deploy.local.story.caller import Caller
from deploy.local.story.claims import YEAR, of, said
from deploy.local.story.scene import Scene
from deploy.local.telling import expect

EVIDENCE = b"%PDF-1.7\n% a scanned certificate of training\n"
OTHER = "罗小云"
KINDS: tuple[dict[str, Any], ...] = (
    said("区块链技术研修", "2024-04-08/am", "2024-04-10/am", "20.00"),
    said("单位自学", "2024-05-06/am", "2024-05-10/pm", "16.00") | {"rule": "self_study.unit"},
    said("学术年会", "2024-06-03/am", "2024-06-04/pm", "8.00") | {"rule": "academic"},
    said("期刊论文", "2024-08-01/am", "2024-08-01/am", "12.00") | {"rule": "works.paper"},
)


async def claims_of_several_kinds(scene: Scene) -> str:
    """Half-days times 4 are what the form proposes; evidence is uploaded first."""
    cast = scene.cast
    learner = await cast.learner(
        cast.callers["general"], OTHER, department_id=scene.notes["信息学院"]
    )
    cast.callers["other learner"] = learner
    path = f"/hours/people/{learner.account_id}/evidence"
    sent = {"file": ("proof.pdf", EVIDENCE, "application/pdf")}
    digest = (await learner.do("POST", path, files=sent))["digest"]
    scene.notes["evidence"] = digest
    text = {"file": ("proof.exe", b"MZ not a scan", "application/pdf")}
    wrong = await learner.refused("POST", path, files=text)
    for n, kind in enumerate(KINDS):
        made = await learner.do("POST", of(learner), kind | {"evidence": [digest]})
        scene.notes[f"claim {n}"] = made["id"]
    one = f"{of(learner)}/{scene.notes['claim 1']}"
    amended = {k: v for k, v in KINDS[1].items() if k != "promised"} | {"hours": "15.50"}
    amended |= _proved(scene)
    found = await learner.ask("GET", one)
    etag = {"If-Match": found.headers["ETag"]}
    await learner.do("PUT", one, amended, headers=dict(etag))
    stale = await learner.refused("PUT", one, amended, headers=dict(etag))
    return f"4 kinds with evidence; another file type: {wrong}; a stale amendment: {stale}"


async def a_claim_goes_astray(scene: Scene) -> str:
    """One is withdrawn; one sent to the wrong authority is deleted and registered again."""
    cast = scene.cast
    learner, bureau = cast.callers["other learner"], cast.callers["author"]
    more = {"kind": "industry_authority", "affiliation": "region"}
    await cast.unit(bureau, "自治区卫生健康委", **more)
    refs = [_ref(learner, scene.notes[f"claim {n}"]) for n in range(3)]
    answers = await learner.do("POST", "/hours/submissions", {"claims": refs})
    expect(not any(a["refused"] for a in answers), f"a submission was refused: {answers}")
    await learner.do("DELETE", f"{of(learner)}/{scene.notes['claim 2']}/submission")
    wrong = f"{of(learner)}/{scene.notes['claim 3']}"
    to = {"to_unit_id": cast.units["自治区卫生健康委"]}
    await learner.do("POST", f"{wrong}/submission", to)
    not_theirs = await cast.callers["general"].refused("POST", f"{wrong}/audit", {"passed": True})
    await learner.do("DELETE", wrong)
    again = await learner.do("POST", of(learner), KINDS[3] | _proved(scene))
    scene.notes["claim 3"] = again["id"]
    await learner.do("POST", f"{of(learner)}/{again['id']}/submission", {})
    return f"what was sent elsewhere the own unit can't pass: {not_theirs}"


def _proved(scene: Scene) -> dict[str, Any]:
    return {"evidence": [scene.notes["evidence"]]}


def _ref(learner: Caller, claim: str) -> dict[str, Any]:
    return {"person_id": learner.account_id, "year": YEAR, "claim_id": claim}


async def the_unit_registers_by_sheet(scene: Scene) -> str:
    """The unit's own sheet: good rows are registered, bad ones named by row."""
    general = scene.cast.callers["general"]
    name, number, _ = scene.people[0]
    template = (await general.ask("GET", f"/hours/sheets/{YEAR}/claims.xlsx")).content
    training = ["培训进修", "师资培训", "广西大学", "线下"]
    days = ["2024-03-04", "上午", "2024年3月6日", "上午"]
    rows = [
        [name, "", number, *training, *days, "合格", "20", ""],
        ["别人", "", number, *training, *days, "合格", "20", ""],
        [name, "", number, *training, *days, "合格", "4.25", ""],
    ]
    sheet = CalamineWorkbook.from_filelike(BytesIO(template)).get_sheet_by_index(0)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    for n, row in enumerate([*sheet.to_python(skip_empty_area=False)[:2], *rows]):
        page.write_row(n, 0, row)
    book.close()
    result = await general.do(
        "POST",
        f"/hours/sheets/{YEAR}/claims",
        files={"file": ("claims.xlsx", out.getvalue())},
    )
    expect(result["registered"] == 1, f"the sheet came to {result}")
    reasons = [r["refused"]["title"] for r in result["rows"] if r["refused"]]
    return f"1 row registered, {result['refused']} refused: {'; '.join(reasons)}"


async def each_audits_the_own(scene: Scene) -> str:
    """The department's admin sees the own department alone; nobody audits oneself."""
    cast = scene.cast
    learner, admin = cast.callers["other learner"], cast.callers["department"]
    elsewhere = await cast.admin(
        cast.callers["account"], "department_admin", "农秘书", scene.notes["文学院"]
    )
    one = f"{of(learner)}/{scene.notes['claim 0']}/audit"
    foreign = await elsewhere.refused("POST", one, {"passed": True})
    listed_there = await elsewhere.do("GET", f"/hours/claims?person_id={learner.account_id}")
    expect(not listed_there["items"], "another department's claims are listed")
    await admin.do("POST", one, {"passed": True})
    refs = [_ref(learner, scene.notes[f"claim {n}"]) for n in (1, 3)]
    answers = await admin.do("POST", "/hours/audits", {"claims": refs[:1], "passed": True})
    blind = [answer["refused"] and answer["refused"]["rule"] for answer in answers]
    expect(blind == ["quantity-not-stated"], f"an unverified figure approved by itself: {answers}")
    stated = [refs[0] | {"hours": "15.50"}]
    answers = await admin.do("POST", "/hours/audits", {"claims": stated, "passed": True})
    expect(not any(a["refused"] for a in answers), f"an audit was refused: {answers}")
    answers = await admin.do(
        "POST",
        "/hours/audits",
        {"claims": refs[1:], "passed": False, "opinion": "佐证材料不清晰"},
    )
    expect(not any(a["refused"] for a in answers), f"refusing was refused: {answers}")
    listed = await learner.do("GET", f"/hours/claims?state=failed&person_id={learner.account_id}")
    expect(len(listed["items"]) == 1, "the refused claim is not 不予认定")
    return f"2 passed, 1 refused with its opinion; another department: {foreign}"
