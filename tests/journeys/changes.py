"""Every change that the province's services offer, once, by somebody who may ask for it.

A table: who asks, for what, with which words. What it is about exists where that matters.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import xlsxwriter

from deploy.local.story.bases import BASE
from deploy.local.story.claims import YEAR, said
from deploy.local.story.classes import form
from deploy.local.story.courses import courses
from deploy.local.story.province import UNIVERSITY
from deploy.local.story.repairs import EVIDENCE
from deploy.local.story.samples import PASSWORD, id_number, unit_code
from deploy.local.story.scene import Scene
from libs.policy.drafts import draft
from services.exams.questions import SHEET

OF_PERSON, OF_UNIT = "/identity/people/{person_id}", "/identity/units/{unit_id}"
FILING = "/filing/filings/{filing_id}"
CLAIM = "/hours/people/{other_id}/{year}/claims/{claim_id}"
COURSE = "/exams/people/{person_id}/{year}/courses/{course_id}"
ATTEMPT = f"{COURSE}/attempts/{{attempt_id}}"
ACTIVITY = said("研修", "2024-03-04/am", "2024-03-04/pm", "8.00")
AMENDED = {k: v for k, v in ACTIVITY.items() if k != "promised"}
PACK = draft("gx-2024")
QUESTIONS = [
    [""],
    SHEET.headings,
    ["单选题", "一加一等于几？", "一", "二", "三", "", "", "", "", "", "B", 4],
]


@dataclass(frozen=True)
class Change:
    """One request: by whom, which operation, with what."""

    by: str  # a caller of the story; nobody: without a login
    operation: str  # as the service describes it: POST /hours/submissions
    body: Any = None
    files: Mapping[str, Any] | None = None

    def path(self, ids: Mapping[str, str]) -> str:
        """The address, with what it is about."""
        return self.operation.partition(" ")[2].format_map(ids)


async def ids(scene: Scene) -> dict[str, str]:
    """What the addresses name, of what the story has left. Everybody is logged in afterwards."""
    cast, notes = scene.cast, scene.notes
    for caller in cast.callers.values():
        await caller.ask("GET", "/identity/units")  # with a token that is still good
    other, required = cast.callers["other learner"], notes["required"]
    learner = cast.callers["learner"]
    held = await learner.do("GET", f"/exams/people/{learner.account_id}/{YEAR}/exams")
    account, nobody = cast.callers["account"], cast.nobody
    admins = await account.do("GET", f"/identity/units/{account.unit_id}/admins")
    (admin,) = [one for one in admins if one["department_id"] == notes["文学院"]]
    number = id_number()
    entered = {"number": number, "name": "陶新来"}
    code = (await cast.callers["general"].do("POST", "/identity/people", entered))[
        "activation_code"
    ]
    session = (await nobody.http.post("/identity/sessions", json=learner.login)).json()
    (exam,) = [one for one in held if one["course_id"] == required]
    return {
        "person_id": learner.account_id,
        "other_id": other.account_id,
        "year": str(YEAR),
        "claim_id": notes["claim 2"],
        "course_id": required,
        "attempt_id": exam["attempts"][-1]["attempt_id"],
        "lesson_id": str(uuid4()),
        "filing_id": notes["filing"].rpartition("/")[2],
        "roster_id": str(uuid4()),
        "certificate_id": notes["certificate"],
        "unit_id": cast.units[UNIVERSITY],
        "base_id": cast.units[BASE],
        "department_id": notes["文学院"],
        "session_id": session["session_id"],
        "name": "gx-2024",
        "kind": "annual",
        "role": "audit_admin",
        "admin_role": "department_admin",
        "admin_id": admin["person_id"],
        "number": number,
        "code": code,
        "office_code": cast.codes["audit_admin"],
    }


def sheet(rows: Sequence[Sequence[object]]) -> dict[str, Any]:
    """A file of these rows."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for n, row in enumerate(rows):
        page.write_row(n, 0, row)
    book.close()
    return {"file": ("sheet.xlsx", out.getvalue())}


def table(ids: Mapping[str, str]) -> list[Change]:
    """All of them."""
    nobody = {"number": id_number(), "name": "梁新来", "password": PASSWORD}
    papers = {"number": ids["number"], "code": ids["code"]}
    course = {k: v for k, v in courses()[0].items() if k != "questions"} | {"paper_size": 1}
    unit = {
        "code": unit_code(),
        "name": "另一样例单位",
        "affiliation": "city",
        "city": "南宁市",
        "county": "青秀区",
    }
    claim = {"person_id": ids["other_id"], "year": YEAR, "claim_id": ids["claim_id"]}
    several = {"claims": [claim]}
    admin = f"{OF_UNIT}/admins/{ids['admin_id']}"
    base = f"/identity/units/{ids['base_id']}/bases"
    place = {"department_id": ids["department_id"]}
    appointed = {"person_id": ids["person_id"], "role": "unit_admin", "login_allowed": True}
    taking = nobody | {"code": ids["office_code"]}
    return [
        Change(
            "nobody",
            "POST /identity/registrations",
            nobody | {"unit_id": ids["unit_id"], "mobile": "13977100045"},
        ),
        Change("nobody", "POST /identity/activations", _document(papers) | {"password": PASSWORD}),
        Change(
            "nobody", "POST /identity/password-resets", _document(papers) | {"password": "Aa-1" * 4}
        ),
        Change("learner", "DELETE /identity/sessions/{session_id}"),
        Change("learner", "PATCH /identity/me", {"mobile": "13977100043"}),
        Change("learner", "PUT /identity/me/department", place),
        Change("learner", "PUT /identity/me/unit", {"unit_id": ids["base_id"]}),
        Change(
            "learner", "PUT /identity/me/password", {"present": PASSWORD, "password": "Bb-2" * 4}
        ),
        Change("general", f"PATCH {OF_PERSON}", {"mobile": "13977100044"}),
        Change("author", f"DELETE {OF_PERSON}"),
        Change("general", f"PUT {OF_PERSON}/identity", {"name": "覃大明", "proof": "户口簿"}),
        Change("general", f"POST {OF_PERSON}/activation-code"),
        Change("general", f"POST {OF_PERSON}/confirmation"),
        Change("general", f"POST {OF_PERSON}/refusal"),
        Change("general", f"PUT {OF_PERSON}/department", place),
        Change("author", "POST /identity/units", unit),
        Change("author", f"PUT {OF_UNIT}/name", {"name": "新样例大学"}),
        Change("author", f"POST {OF_UNIT}/activation-code", {}),
        Change("account", f"POST {OF_UNIT}/departments", {"name": "理学院"}),
        Change("account", f"DELETE {OF_UNIT}/departments/{{department_id}}"),
        Change("account", f"POST {OF_UNIT}/admins", appointed),
        Change("account", f"PUT {admin}/department", place),
        Change("account", f"PUT {admin}/login", {"allowed": False}),
        Change("account", f"DELETE {admin}/{{admin_role}}"),
        Change("author", f"POST {base}", {"level": "national"}),
        Change("author", f"DELETE {base}/regional"),
        Change("nobody", "PUT /identity/offices/{role}/holder", taking),
        Change("security_admin", "DELETE /identity/offices/system_admin/holder"),
        Change("system_admin", "POST /identity/offices/{role}/activation-code"),
        Change(
            "author",
            "POST /policy/packs/{name}/proposals",
            {"content": json.loads(PACK.canonical_json())},
        ),
        Change("approver", "POST /policy/packs/{name}/approval", {"digest": PACK.digest}),
        Change(
            "author",
            "POST /policy/packs/{name}/extensions",
            {"window": "hours.audit", "until": "2025-06-30", "reason": "系统升级"},
        ),
        Change("base", "POST /filing/filings", form()),
        Change("base", f"PUT {FILING}", form(place="柳州市")),
        Change("base", f"DELETE {FILING}"),
        Change("base", f"POST {FILING}/report", {}),
        Change("base", f"POST {FILING}/sealed-form", files={"file": ("scan.pdf", EVIDENCE)}),
        Change("base", f"POST {FILING}/rosters/{{roster_id}}/confirmation"),
        Change("base", f"POST {FILING}/request"),
        Change("author", f"POST {FILING}/grant", {}),
        Change("author", f"POST {FILING}/refusal", {"opinion": "名册不全"}),
        Change("author", f"POST {FILING}/withdrawal", {"reason": "抽查不符"}),
        Change("other learner", "POST /hours/people/{other_id}/{year}/claims", ACTIVITY),
        Change("other learner", f"PUT {CLAIM}", AMENDED),
        Change("other learner", f"DELETE {CLAIM}"),
        Change("other learner", f"POST {CLAIM}/submission", {}),
        Change("other learner", f"DELETE {CLAIM}/submission"),
        Change("general", f"POST {CLAIM}/audit", {"passed": True, "hours": "8.00"}),
        Change("author", "POST /exams/courses", courses()[0]),
        Change(
            "author", "POST /exams/courses/import", {"course": json.dumps(course)}, sheet(QUESTIONS)
        ),
        Change("author", "POST /exams/courses/{course_id}/closing"),
        Change("learner", f"POST {COURSE}/enrolment"),
        Change("learner", f"POST {COURSE}/lessons/{{lesson_id}}"),
        Change("learner", f"POST {COURSE}/recognition"),
        Change("learner", f"POST {COURSE}/attempts"),
        Change("learner", f"PUT {ATTEMPT}/answers", {"answers": {}}),
        Change("learner", f"POST {ATTEMPT}/submission", {"answers": {}}),
        Change("author", f"POST {COURSE}/make-up-call", {"note": "来电申请"}),
        Change("author", f"DELETE {COURSE}/make-up-call"),
        Change("author", f"POST {COURSE}/make-up", {}),
        Change("author", f"POST {ATTEMPT}/annulment", {"reason": "替考"}),
        Change("learner", "POST /certificates/years/{year}/{kind}"),
        Change("learner", "POST /certificates/issued/{certificate_id}/exchange"),
        # of no one record: an If-Match can't be meant
        Change("general", "POST /identity/people", {"number": id_number(), "name": "黄新"}),
        Change("general", "POST /identity/people/confirmations", {"people": [ids["person_id"]]}),
        Change(
            "general", "POST /identity/people/departments", {"people": [ids["person_id"]]} | place
        ),
        Change("general", "POST /identity/people/import", files=sheet(_people())),
        Change("other learner", "POST /hours/submissions", several),
        Change("general", "POST /hours/audits", {"claims": [claim], "passed": True}),
        Change("general", "POST /hours/sheets/{year}/claims", files=sheet([[]])),
        Change("base", f"POST {FILING}/rosters", files=sheet([["姓名", "身份证号码"]])),
    ]


def _document(papers: Mapping[str, str]) -> dict[str, Any]:
    return {"document": {"number": papers["number"]}, "code": papers["code"]}


def _people() -> list[list[str]]:
    head = [["人员"], ["姓名", "证件类型", "证件号码", "手机号码", "邮箱", "部门"]]
    return [*head, ["陈新来", "", id_number(), "", "", ""]]
