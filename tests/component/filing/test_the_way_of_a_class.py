"""A class from its filing to the grant of its hours, over HTTP."""

import json
from io import BytesIO
from urllib.parse import unquote
from uuid import UUID

from pypdf import PdfReader

from libs.events.hours import GrantEntryRefused, GrantEntryReopened, GrantSettled, GrantStarted
from tests.component.filing.conftest import (
    SCAN,
    Filing,
    filed,
    imported,
    registration,
    requested,
    sealed,
)
from tests.component.filing.sheets import name, number, roster


async def test_filed_reported_sealed_imported_requested_and_granted(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    people = await filing.known((name(n), number(n)) for n in range(200))
    path = await filed(base)
    await sealed(base, path)
    await imported(base, path, roster((name(n), number(n)) for n in range(201)))
    assert (await base.post(f"{path}/request")).status_code == 200
    (waiting,) = (await province.get("/filings", params={"waiting": "request"})).json()["items"]
    assert waiting["filing_id"] == path.rpartition("/")[2]
    assert waiting["after_start"]
    assert waiting["roster_count"] == 201
    granted = await province.post(f"{path}/grant", json={"hours": "20.00", "left_out": [3]})
    assert granted.status_code == 200, granted.text
    body = json.loads(
        await filing.feed.lab.one("SELECT body FROM events WHERE type LIKE '%%Granted'")
    )
    assert (body["count"], body["hours"], body["left_out"]) == (200, "20.00", [3])
    assert (body["rule"], body["category"], body["year"]) == ("class", "professional", 2024)
    chunk = json.loads(
        await filing.feed.lab.one("SELECT body FROM events WHERE type LIKE '%%Im%%'")
    )
    assert [row["person_id"] for row in chunk["rows"]] == [*map(str, people), None]
    steps = (await base.get(f"{path}/history")).json()
    assert [step["what"].removeprefix("filing.") for step in steps] == [
        "FilingSubmitted",
        "ExecutionReported",
        "SealedFormUploaded",
        "RosterImported",
        "RecognitionRequested",
        "RecognitionGranted",
    ]
    assert [step["shown"] for step in steps[-2:]] == ["申请学时认定", "认定培训学时"]
    (listed,) = (await base.get("/filings")).json()["items"]
    assert (listed["recognition"], listed["recognition_shown"]) == ("granted", "已认定")


async def test_what_is_filed_is_neither_changed_nor_deleted(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await filed(base)
    for answer in (
        await base.put(path, json=registration()),
        await base.delete(path),
        await province.put(path, json=registration()),
        await province.delete(path),
    ):
        assert answer.status_code == 409
        assert answer.json()["rule"] == "filing.final"
        assert "备案信息不可再修改和删除" in answer.json()["title"]
        assert answer.json()["source"]["document"] == "桂人社函〔2021〕149号"
    assert await filing.feed.lab.one("SELECT count(*) FROM events") == 1


async def test_the_form_is_printed_with_its_promises_and_remark(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    early = await base.get(f"{path}/form")
    assert (early.status_code, early.json()["rule"]) == (409, "filing.report")
    assert early.json()["source"]["article"] == "附件2 二（三）1"
    before = _text((await filing.as_(filing.province).get(f"{path}/form")).content)
    assert "严格按备案内容执行" not in before
    base = filing.as_(filing.base)
    await sealed(base, path)
    answer = await base.get(f"{path}/form")
    after = _text(answer.content)
    named = answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2]
    assert unquote(named) == "培训班备案登记表（数字技术应用能力提升高级研修班）.pdf"
    made = PdfReader(BytesIO(answer.content)).metadata
    assert made is not None
    assert made.creation_date is not None
    assert made.creation_date.year == 2024  # by the province's clock, as everything on it
    assert "加盖单位公章" not in after  # the seal stands at 申报单位（盖章）, as in the annex
    for words in (
        "培训班备案登记表",
        "数字技术应用能力提升高级研修班",
        "韦老师，广西大学，教授",
        "13877100001",
        "培训教师签署意识形态相关承诺书",
        "责任人：黄某",
        "严格按备案内容执行",
    ):
        assert words in after, words


async def test_what_people_write_is_printed_and_never_obeyed(filing: Filing) -> None:
    base = filing.as_(filing.base)
    markup = '#panic("x") *粗* $a$ <b>名</b> \\ @who 𠮷㛃䶮·'
    path = await filed(base, class_name=markup, content="长" * 4000)
    printed = await filing.as_(filing.province).get(f"{path}/form")
    assert printed.status_code == 200
    assert markup.replace(" ", "") in _text(printed.content)
    _first, *more = PdfReader(BytesIO(printed.content)).pages
    assert more
    assert all("（续）" in page.extract_text() for page in more)


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace(" ", "")


async def test_the_sealed_form_comes_back_to_base_and_province(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    assert (await base.get(f"{path}/sealed-form")).status_code == 404
    await sealed(base, path)
    for who in (filing.base, filing.province):
        answer = await filing.as_(who).get(f"{path}/sealed-form")
        assert (answer.content, answer.headers["content-type"]) == (SCAN, "application/pdf")


async def test_ended_classes_without_a_sealed_form_are_seen(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await filed(base)
    await filed(base, ends="2024-12-28/pm")
    not_held = await filed(base)
    await base.post(f"{not_held}/report", json={"held": False, "remark": "报名人数不足"})

    async def seen() -> list[str]:
        found = (await province.get("/filings", params={"waiting": "sealed_form"})).json()
        return [f"/filings/{item['filing_id']}" for item in found["items"]]

    assert await seen() == [path]
    await sealed(base, path)
    assert await seen() == []


async def test_a_refusal_opens_roster_and_scan_for_one_new_request(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await requested(base)
    assert (await base.post(f"{path}/request")).json()["rule"] == "filing.request_final"
    refused = await province.post(f"{path}/refusal", json={"opinion": "扫描件不清晰"})
    assert refused.status_code == 200
    assert (await base.get(path)).json()["opinion"] == "扫描件不清晰"
    await imported(base, path)
    assert (await base.post(f"{path}/request")).status_code == 200
    await province.post(f"{path}/refusal", json={"opinion": "仍不清晰"})
    again = await base.post(f"{path}/request")
    assert (again.status_code, again.json()["rule"]) == (409, "no-new-request")


async def test_the_province_sees_both_figures_and_states_the_hours(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await requested(base, hours="40.00")
    (listed,) = (await province.get("/filings", params={"waiting": "request"})).json()["items"]
    for shown in (listed, (await base.get(path)).json()):
        assert (shown["hours"], shown["proposed"]) == ("40.00", "24.00")
    silent = await province.post(f"{path}/grant", json={})
    assert (silent.status_code, silent.json()["rule"]) == (422, "hours-to-be-stated")
    assert silent.json()["source"]["article"] == "第十九条 备案培训班的学时认定"
    stated = await province.post(f"{path}/grant", json={"hours": "40.00"})
    assert stated.status_code == 200, stated.text


async def test_what_became_of_a_grant_is_shown_to_base_and_province(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    people = await filing.known((name(n), number(n)) for n in range(2))
    path = await requested(base)
    assert (await base.get(path)).json()["outcome"] is None
    await province.post(f"{path}/grant", json={})
    body = await filing.feed.lab.one("SELECT body FROM events WHERE type LIKE '%%Granted'")
    filing_id = UUID(path.rpartition("/")[2])
    await filing.feed.say(
        GrantStarted.model_validate_json(body),
        GrantEntryRefused(filing_id=filing_id, person_id=people[1], rule="already-credited"),
        GrantSettled(filing_id=filing_id, credited=1, waiting=1, refused=1),
    )
    for client in (base, province):
        outcome = (await client.get(path)).json()["outcome"]
        assert outcome == {
            "count": 3,
            "credited": 1,
            "waiting": 1,
            "refused": [{"person_id": str(people[1]), "rule": "already-credited"}],
            "settled": True,
            "revoked": False,
        }
    rows = (await base.get(f"{path}/roster", params={"limit": 2})).json()
    assert [row["refused_by"] for row in rows["items"]] == [None, "already-credited"]
    assert rows["items"][0]["name"] == name(0)
    assert number(0) not in json.dumps(rows)
    rest = (await base.get(f"{path}/roster", params={"cursor": rows["next"]})).json()
    assert [(row["row"], row["name"]) for row in rest["items"]] == [(5, None)]
    await filing.feed.say(
        GrantEntryReopened(filing_id=filing_id, person_id=people[1]),
        GrantSettled(filing_id=filing_id, credited=2, waiting=1, refused=0),
    )
    assert (await base.get(path)).json()["outcome"]["refused"] == []


async def test_a_withdrawal_says_why_to_base_and_province_alone(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await requested(base)
    assert (await province.post(f"{path}/withdrawal", json={"reason": "早"})).status_code == 409
    await province.post(f"{path}/grant", json={})
    done = await province.post(f"{path}/withdrawal", json={"reason": "只发证不培训"})
    assert done.status_code == 200, done.text
    found = (await base.get(path)).json()
    assert (found["recognition"], found["reason"]) == ("withdrawn", "只发证不培训")


async def test_hours_that_were_withdrawn_are_shown_as_revoked(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await requested(base)
    await province.post(f"{path}/grant", json={})
    body = await filing.feed.lab.one("SELECT body FROM events WHERE type LIKE '%%Granted'")
    await filing.feed.say(
        GrantStarted.model_validate_json(body),
        GrantSettled(filing_id=UUID(path.rpartition("/")[2]), credited=1, waiting=2, refused=0),
    )
    await province.post(f"{path}/withdrawal", json={"reason": "只发证不培训"})
    for client in (base, province):
        shown = (await client.get(path)).json()["outcome"]
        assert (shown["credited"], shown["waiting"], shown["revoked"]) == (0, 0, True)
