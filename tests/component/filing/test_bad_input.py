"""What is refused at filing's door: by which rule, with which document, and changing nothing."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from libs.events.envelope import Actor, Role
from libs.events.identity import BaseDesignated, BaseLevel
from libs.runtime.web.paging import encode
from tests.component.filing.conftest import (
    EXCEL,
    SCAN,
    Filing,
    filed,
    imported,
    registration,
    requested,
)
from tests.component.filing.sheets import name, number, roster
from tests.component.hours.conftest import registered


async def events(filing: Filing) -> int:
    """How many there are."""
    return int(await filing.feed.lab.one("SELECT count(*) FROM events"))


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"place": ""}, "field-missing", "place"),
        ({"teachers": []}, "field-missing", "teachers"),
        ({"teachers": [{"name": "韦老师"}]}, "field-missing", "teachers"),
        ({"run_type": "commissioned"}, "field-missing", "client"),
        ({"promises": [True] * 6 + [False]}, "promises-not-all-given", "promises"),
        ({"ends": "2024-12-08/pm"}, "ends-before-it-starts", "ends"),
        ({"starts": "2020-01-06/am", "ends": "2020-01-08/pm"}, "no-pack-for-the-year", "ends"),
        ({"days": 4}, "impossible-days", "days"),
        ({"hours": "0.00"}, "no-hours", "hours"),
        ({"hours": "24.25"}, "finer-than-the-step", "hours"),
        ({"hours": "73.00"}, "impossible-hours", "hours"),
        ({"hours": "-4.00"}, "body-invalid", "hours"),
        ({"hours": "1e308"}, "body-invalid", "hours"),
        ({"hours": 24}, "body-invalid", "hours"),
        ({"starts": "2024-13-09/am"}, "body-invalid", "starts"),
        ({"starts": "9999-12-31/pm"}, "ends-before-it-starts", "ends"),
        ({"mobile": "12345"}, "body-invalid", "mobile"),
        ({"email": "nobody"}, "body-invalid", "email"),
        ({"postcode": "53000A"}, "body-invalid", "postcode"),
        ({"client": "某厅"}, "not-of-this-run-type", "client"),
        ({"content": f"学员 {number(7)}"}, "personal-number", "content"),
        ({"class_name": "班 13877100001"}, "personal-number", "class_name"),
        ({"class_name": "班\x00"}, "body-invalid", "class_name"),
        ({"class_name": "班" * 201}, "body-invalid", "class_name"),
        ({"surprise": 1}, "body-invalid", "surprise"),
        ({"responsible_person": "覃\U0002bbb5😀"}, "character-not-printable", "responsible_person"),
        ({"teachers": [{"name": "韦\ue000"}]}, "character-not-printable", "teachers"),
    ],
)
async def test_a_form_that_can_not_be_right(
    filing: Filing, changes: dict[str, Any], rule: str, field: str
) -> None:
    answer = await filing.as_(filing.base).post("/filings", json=registration(**changes))
    assert (answer.status_code // 100, answer.json()["rule"]) == (4, rule), answer.text
    assert answer.json()["field"] == field
    assert answer.json()["remedy"]
    assert await events(filing) == 0
    assert await filing.feed.lab.one("SELECT count(*) FROM forms") == 0


async def test_lone_surrogates_are_refused(filing: Filing) -> None:
    body = b'{"class_name": "\\ud800", "starts": "2024-12-09/am", "ends": "2024-12-11/pm"}'
    answer = await filing.as_(filing.base).post(
        "/filings", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422


async def test_who_is_no_base_files_nothing(filing: Filing) -> None:
    school = uuid4()
    await filing.feed.say(registered(school))
    account = Actor(school, Role.UNIT_ACCOUNT, school, session_id=uuid4())
    answer = await filing.as_(account).post("/filings", json=registration())
    assert (answer.status_code, answer.json()["rule"]) == (403, "filing.scope")
    unknown = Actor(uuid4(), Role.UNIT_ACCOUNT, uuid4(), session_id=uuid4())
    assert (await filing.as_(unknown).post("/filings", json=registration())).status_code == 404
    await filing.feed.lab.rows("UPDATE heard SET as_of = as_of - interval '2 hours' RETURNING 1")
    answer = await filing.as_(unknown).post("/filings", json=registration())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_each_step_waits_for_the_one_before(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    early = await filed(base, ends="2024-12-20/pm", starts="2024-12-18/am")
    scan = {"file": ("scan.pdf", SCAN)}
    sheet = {"file": ("r.xlsx", roster([(name(1), number(1))]), EXCEL)}

    async def refused(path: str, **said: Any) -> str:
        before = await events(filing)
        answer = await base.post(path, **said)
        assert answer.status_code == 409, answer.text
        ours = answer.json()["rule"] == "class-not-over-yet"
        document = "平台约定" if ours else "桂人社函〔2021〕149号"
        assert answer.json()["source"]["document"] == document
        assert await events(filing) == before
        return str(answer.json()["rule"])

    assert await refused(f"{early}/report", json={}) == "filing.after_end"
    assert await refused(f"{early}/sealed-form", files=scan) == "filing.after_end"
    assert await refused(f"{early}/rosters", files=sheet) == "class-not-over-yet"
    assert await refused(f"{early}/request") == "filing.after_end"
    path = await filed(base)
    assert await refused(f"{path}/sealed-form", files=scan) == "filing.report"
    assert await refused(f"{path}/request") == "filing.report"
    await base.post(f"{path}/report", json={})
    assert await refused(f"{path}/request") == "filing.request_needs"
    await base.post(f"{path}/sealed-form", files=scan)
    assert await refused(f"{path}/request") == "filing.roster"
    assert (await province.post(f"{path}/grant", json={})).json()["rule"] == "not-requested"
    await filing.to(datetime(2024, 12, 20, 16, 0, tzinfo=UTC))  # midnight in China
    report = await filing.as_(filing.base).post(f"{early}/report", json={})
    assert report.status_code == 200, report.text


async def test_what_was_requested_stays_as_it_is(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await requested(base)
    before = await events(filing)
    sheet = {"file": ("r.xlsx", roster([(name(1), number(1))]), EXCEL)}
    for answer in (
        await base.post(f"{path}/rosters", files=sheet),
        await base.post(f"{path}/sealed-form", files={"file": ("s.pdf", SCAN + b"2")}),
        await base.post(f"{path}/request"),
    ):
        assert (answer.status_code, answer.json()["rule"]) == (409, "filing.request_final")
    assert await events(filing) == before


@pytest.mark.parametrize(
    ("said", "status", "rule"),
    [
        ({"hours": "24.50"}, 422, "more-than-filed"),
        ({"left_out": [1]}, 422, "unknown-row"),
        ({"left_out": [3, 4, 5]}, 422, "nobody-left"),
        ({"left_out": ["x"]}, 422, "body-invalid"),
    ],
)
async def test_a_grant_that_can_not_be(
    filing: Filing, said: dict[str, Any], status: int, rule: str
) -> None:
    path = await requested(filing.as_(filing.base))
    answer = await filing.as_(filing.province).post(f"{path}/grant", json=said)
    assert (answer.status_code, answer.json()["rule"]) == (status, rule)


async def test_refusing_without_a_word_is_refused(filing: Filing) -> None:
    path = await requested(filing.as_(filing.base))
    province = filing.as_(filing.province)
    assert (await province.post(f"{path}/refusal", json={})).json()["rule"] == "opinion-missing"
    named = await province.post(f"{path}/refusal", json={"opinion": f"见 {number(3)}"})
    assert named.json()["rule"] == "personal-number"


@pytest.mark.parametrize("content", [b"MZ a program", b"", b"<html>"])
async def test_a_scan_of_another_type_is_refused(filing: Filing, content: bytes) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    await base.post(f"{path}/report", json={})
    answer = await base.post(f"{path}/sealed-form", files={"file": ("scan.pdf", content)})
    assert (answer.status_code, answer.json()["rule"]) == (422, "file-of-another-type")


async def test_a_scan_that_is_too_large_is_refused(filing: Filing) -> None:
    base = filing.as_(filing.base)
    path = await filed(base)
    await base.post(f"{path}/report", json={})
    large = SCAN + bytes(10 * 1024 * 1024)
    answer = await base.post(f"{path}/sealed-form", files={"file": ("scan.pdf", large)})
    assert (answer.status_code, answer.json()["rule"]) == (413, "file-too-large")


async def test_what_was_decided_on_an_old_copy_is_refused(filing: Filing) -> None:
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    path = await requested(base)
    etag = (await province.get(path)).headers["ETag"]
    await province.post(f"{path}/refusal", json={"opinion": "扫描件不清晰"})
    await base.post(f"{path}/request")
    stale = await province.post(f"{path}/grant", json={}, headers={"If-Match": etag})
    assert (stale.status_code, stale.json()["rule"]) == (412, "stale-version")
    etag = (await province.get(path)).headers["ETag"]
    done = await province.post(f"{path}/grant", json={}, headers={"If-Match": etag})
    assert done.status_code == 200


async def test_two_officials_at_once_grant_once(filing: Filing) -> None:
    path = await requested(filing.as_(filing.base))
    answers = [
        await filing.as_(filing.province).post(f"{path}/{decision}", json=said)
        for decision, said in (("grant", {}), ("refusal", {"opinion": "不符"}), ("grant", {}))
    ]
    assert [answer.status_code for answer in answers] == [200, 409, 409]


async def test_another_unit_s_filing_is_never_seen(filing: Filing) -> None:
    other = uuid4()
    await filing.feed.say(
        registered(other), BaseDesignated(unit_id=other, level=BaseLevel.REGIONAL)
    )
    await filing.known([(name(0), number(0))])
    path = await requested(filing.as_(filing.base))
    sheet = {"file": ("r.xlsx", roster([(name(1), number(1))]), EXCEL)}
    strangers = [
        Actor(other, Role.UNIT_ACCOUNT, other, session_id=uuid4()),
        Actor(uuid4(), Role.UNIT_ADMIN, other, session_id=uuid4()),
        Actor(uuid4(), Role.DEPARTMENT_ADMIN, filing.unit, uuid4(), uuid4()),
        Actor(uuid4(), Role.CITY_BUREAU, uuid4(), session_id=uuid4()),
        Actor(uuid4(), Role.LEARNER, session_id=uuid4()),
        Actor(uuid4(), Role.SYSTEM_ADMIN, session_id=uuid4()),
    ]
    before = await events(filing)
    for who in strangers:
        client = filing.as_(who)
        assert (await client.get("/filings")).json()["items"] == []
        for part in ("", "/form", "/sealed-form", "/roster", "/history", f"/rosters/{uuid4()}"):
            assert (await client.get(f"{path}{part}")).status_code == 404, (who.role, part)
        for part, said in (
            ("/report", {"json": {}}),
            ("/sealed-form", {"files": {"file": ("s.pdf", SCAN)}}),
            ("/rosters", {"files": sheet}),
            (f"/rosters/{uuid4()}/confirmation", {}),
            ("/request", {}),
            ("/grant", {"json": {}}),
            ("/refusal", {"json": {"opinion": "不符"}}),
            ("/withdrawal", {"json": {"reason": "不符"}}),
        ):
            answer = await client.post(f"{path}{part}", **said)
            assert answer.status_code in (403, 404), (who.role, part, answer.text)
        for answer in (await client.put(path, json={}), await client.delete(path)):
            assert answer.status_code in (403, 404)
    assert await events(filing) == before
    province = filing.as_(filing.province)
    assert (await province.post(f"{path}/report", json={})).status_code == 403
    assert (await province.post(f"{path}/rosters", files=sheet)).status_code == 403


async def test_lists_come_in_pages(filing: Filing) -> None:
    base = filing.as_(filing.base)
    paths = [await filed(base) for _ in range(3)]
    first = (await base.get("/filings", params={"limit": 2})).json()
    rest = (await base.get("/filings", params={"limit": 2, "cursor": first["next"]})).json()
    seen = [f"/filings/{item['filing_id']}" for item in first["items"] + rest["items"]]
    assert (seen, rest["next"]) == (paths[::-1], None)
    queue: dict[str, str | int] = {"waiting": "sealed_form", "limit": 2}
    first = (await base.get("/filings", params=queue)).json()
    rest = (await base.get("/filings", params=queue | {"cursor": first["next"]})).json()
    seen = [f"/filings/{item['filing_id']}" for item in first["items"] + rest["items"]]
    assert (seen, rest["next"]) == (paths, None)
    for junk in ("junk", encode([2**63]), encode([-1]), encode(["x"])):
        assert (await base.get("/filings", params={"cursor": junk})).status_code == 400
    assert (await base.get("/filings", params={"year": 10**20})).status_code == 422
    await imported(base, paths[0])
