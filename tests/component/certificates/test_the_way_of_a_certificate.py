"""From hours to a certificate and its end, as people meet it over HTTP."""

import asyncio
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from libs.decider import refusals
from libs.events.envelope import Actor, Role
from libs.runtime import clock
from libs.runtime.following.directory import DIRECTORY
from services.certificates import numbers, qr
from tests.component.certificates import words
from tests.component.certificates.conftest import ADDRESS, Office
from tests.component.certificates.words import OTHER_UNIT, UNIT, enough, recognised, revoked
from tests.component.lab import AT, until


async def test_ninety_hours_become_a_certificate_that_anybody_can_verify(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    assert (said["title"], said["unit_name"]) == ("专业技术人员继续教育合格证书", "广西示例大学")
    assert (said["totals"]["total"], said["issued_on"]) == ("90.00", "2024-12-20")  # type: ignore[index]
    assert numbers.read(said["number"]) == said["number"]
    told = await office.verified(said["number"].lower())
    assert (told["status"], told["shown"], told["name"]) == ("valid", "有效", "张**")
    assert told["masked_number"] == "4501**********1234"
    assert str(told["as_of"]).startswith("2024-12-20T09:")
    assert "张三丰" not in str(told)


async def test_deleting_four_hours_takes_it_away_and_says_why(office: Office) -> None:
    learner = await office.learner()
    entries = enough(learner.id)
    await office.has(*entries, recognised(learner.id, "10"))
    first = await office.generated(learner)
    await office.feed.say(revoked(entries[-1]))
    told = await office.verified(first["number"])
    assert told["status"] == "revoked"
    fall: dict[str, object] = told["fall"]  # type: ignore[assignment]
    assert datetime.fromisoformat(str(told["as_of"])) >= datetime.fromisoformat(str(fall["at"]))
    assert fall["entry"] == {
        "category": "professional",
        "began": "2024-11-04/am",
        "ended": "2024-11-04/am",
        "hours": "4.00",
        "shown": "专业科目，2024年11月4日上午，4 学时",
    }
    assert fall["shown"] == "已认定的学时被删除"
    assert str(fall["at"]).endswith("+08:00")
    assert fall["rule"] == "2024年度学习通知 附件2 二（二）3"
    assert "删除学时后原证书自动失效" in str(fall["says"])
    async with office.as_(learner) as client:
        printed = await client.get(f"/issued/{first['certificate_id']}/paper")
        assert (printed.status_code, printed.json()["rule"]) == (
            409,
            "fallen-certificate-not-printed",
        )
        assert "删除学时后原证书自动失效" in printed.json()["detail"]
        notice = {"document": "2024年度学习通知", "article": "附件2 二（二）3"}
        assert printed.json()["source"] == notice
    second = await office.generated(learner)
    assert second["number"] != first["number"]
    assert second["totals"]["total"] == "96.00"  # type: ignore[index]
    async with office.as_(learner) as client:
        mine = (await client.get("/issued")).json()["items"]
    assert [(one["valid"], (one["fall"] or {}).get("why")) for one in mine] == [
        (True, None),
        (False, "hours_revoked"),
    ]


async def test_what_is_missing_is_said_in_the_sentences_of_the_notice(office: Office) -> None:
    learner = await office.learner()
    await office.has(recognised(learner.id, "15", "course.required"))
    async with office.as_(learner) as client:
        waited = await client.post("/years/2024/annual")  # more may have been recognised just now
    assert (waited.status_code, waited.json()["rule"]) == (503, refusals.BEHIND.code)
    await office.heard(timedelta(minutes=1))
    async with office.as_(learner) as client:
        year = (await client.get(f"/people/{learner.id}/years/2024")).json()
        refused = await client.post("/years/2024/annual")
        unjudged = (await client.get(f"/people/{learner.id}/years/2019")).json()
        no_pack = await client.post("/years/2019/annual")
    annual = next(kind for kind in year["kinds"] if kind["kind"] == "annual")
    assert year["total"] == "15.00"
    assert annual["missing"][0] == "总学时还差 75 学时：已计 15 学时，须达 90 学时"
    assert refused.status_code == 409
    assert refused.json()["remedy"].startswith("总学时还差 75 学时")
    assert refused.json()["source"] == {"document": "2024年度学习通知", "article": "二（四）"}
    assert (unjudged["judged"], no_pack.json()["rule"]) == (False, "no-pack-for-the-year")


async def test_an_exchange_prints_later_hours(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    old = await office.generated(learner)
    await office.has(recognised(learner.id, "8"))
    async with office.as_(learner) as client:
        answer = await client.post(f"/issued/{old['certificate_id']}/exchange")
        new = (await client.get(f"/issued/{answer.json()['id']}")).json()
        again = await client.post(f"/issued/{old['certificate_id']}/exchange")
    assert (new["replaces"], new["totals"]["total"]) == (old["number"], "98.00")
    assert (again.status_code, again.json()["rule"]) == (409, "certificate-not-valid")
    told = await office.verified(old["number"])
    assert told["fall"]["replaced_by"] == new["number"]  # type: ignore[index]


async def test_asked_twice_it_is_one_certificate(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    async with office.as_(learner) as client:
        key = {"Idempotency-Key": "one-click-1"}
        first = await client.post("/years/2024/annual", headers=key)
        second = await client.post("/years/2024/annual", headers=key)
        other = await client.post("/years/2024/annual")
    assert first.json() == second.json()
    assert (other.status_code, other.json()["rule"]) == (409, "certificate-already-valid")


async def test_nothing_is_valid_or_issued_while_not_current(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    file = office.lab.settings.clock
    assert file is not None
    clock.move_to(file, AT.replace(minute=3))

    async def noticed() -> bool:
        return (await office.verified(said["number"]))["status"] != "valid"

    await until(noticed)  # the clock is looked at once a second
    told = await office.verified(said["number"])
    assert (told["status"], told["shown"]) == (
        "not_current",
        "数据未同步到最新，暂不能确认是否有效",
    )
    async with office.as_(learner) as client:
        answer = await client.post("/years/2024/annual")
        assert (answer.status_code, answer.json()["rule"]) == (503, "certificates-not-current")
        assert answer.headers["Retry-After"]
        paper = await client.get(f"/issued/{said['certificate_id']}/paper")
        assert paper.json()["rule"] == "certificates-not-current"
    unknown = await office.verified(numbers.new(2024))
    assert unknown["status"] == "not_current"
    await office.heard()
    assert (await office.verified(said["number"]))["status"] == "valid"
    assert (await office.verified(numbers.new(2024)))["status"] == "unknown"


@pytest.mark.parametrize("number", ["2024", "2024AAAAAAAAAA0", "x" * 40, "2024ÄAAAAAAAAA0"])
async def test_what_is_no_number_is_unknown(office: Office, number: str) -> None:
    assert (await office.verified(number))["status"] == "unknown"


async def test_lists_and_papers_stay_within_the_scope(office: Office) -> None:
    here, there = await office.learner(), await office.learner(where=OTHER_UNIT)
    for learner in (here, there):
        await office.has(*enough(learner.id))
    mine, other = await office.generated(here), await office.generated(there)
    admin = Actor(uuid4(), Role.UNIT_ADMIN, UNIT, session_id=uuid4())
    nobody = Actor(uuid4(), Role.SERVICE_DESK, session_id=uuid4())
    for actor, seen in ((admin, [mine]), (here, [mine]), (nobody, []), (there, [other])):
        async with office.as_(actor) as client:
            items = (await client.get("/issued", params={"year": 2024})).json()["items"]
            assert [one["number"] for one in items] == [one["number"] for one in seen]
            for one in (mine, other):
                status = (await client.get(f"/issued/{one['certificate_id']}")).status_code
                assert status == (200 if one in seen else 404)
    async with office.as_(admin) as client:
        assert (await client.get(f"/issued/{mine['certificate_id']}/paper")).status_code == 404
        assert (await client.get(f"/people/{there.id}/years/2024")).status_code == 404
        assert (await client.get(f"/people/{here.id}/years/2024")).status_code == 200
        assert (await client.post("/years/2024/annual")).status_code == 403
    async with office.as_(there) as client:
        stolen = await client.post(f"/issued/{mine['certificate_id']}/exchange")
        assert stolen.status_code == 404


async def test_pages_follow_a_cursor(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    numbers_ = [(await office.generated(learner, kind))["number"] for kind in ("public", "annual")]
    async with office.as_(learner) as client:
        first = (await client.get("/issued", params={"limit": 1})).json()
        second = (await client.get("/issued", params={"cursor": first["next"]})).json()
        bad = await client.get("/issued", params={"cursor": "x"})
    assert [p["items"][0]["number"] for p in (first, second)] == numbers_[::-1]
    assert (second["next"], bad.status_code) == (None, 400)


async def test_the_qr_is_verified_with_and_without_a_network(
    office: Office, tmp_path: Path
) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    published = tmp_path / "published.json"
    published.write_bytes((await office.anybody("/keys")).content)
    assert b'"d"' not in published.read_bytes()
    paper = qr.Paper(said["number"], said["title"], "张三丰", "4501**********1234")
    text = qr.text(ADDRESS, paper, office.lab.found.parts["counter"].signing)  # type: ignore[attr-defined]
    assert len(text) <= qr.MOST_CHARACTERS
    tail = text.removeprefix(ADDRESS + "/" + said["number"])
    assert (await office.verified(said["number"], tail))["signature"] == "genuine"
    assert (await office.verified(said["number"], tail + "&from=chat"))["signature"] == "genuine"
    for name, code in (("张三丰", 0), ("张三", 1)):
        words_ = ["--keys", str(published), "--name", name, "--number", "4501**********1234"]
        words_ += ["--title", "《专业技术人员继续教育合格证书》"]
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "services.certificates.verify", text, *words_],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr


async def test_a_forged_qr_is_never_answered_valid(office: Office) -> None:
    """Not the number's state, nor whose it is: they would vouch for another's paper."""
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    paper = qr.Paper(said["number"], said["title"], "韦冒名", "4501**********1234")
    signing_ = office.lab.found.parts["counter"].signing  # type: ignore[attr-defined]
    text = qr.text(ADDRESS, paper, signing_)
    tail = text.removeprefix(ADDRESS + "/" + said["number"])
    for forged in (tail, tail[:-3] + "AAA", "?1.k1.short", "?anything"):
        told = await office.verified(said["number"], forged)
        assert (told["status"], told["signature"]) == ("not_genuine", "not_genuine")
        assert told["shown"] == "二维码与登记信息不符，此纸质证书不能作为凭证"
        assert not any(told[field] for field in ("name", "masked_number", "unit_name", "title"))
        assert "有效" not in str(told)
    assert (await office.verified(said["number"]))["status"] == "valid"


async def test_a_qr_whose_holder_is_gone_is_not_called_forged(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    paper = qr.Paper(said["number"], said["title"], "张三丰", "4501**********1234")
    signing_ = office.lab.found.parts["counter"].signing  # type: ignore[attr-defined]
    text = qr.text(ADDRESS, paper, signing_)
    await office.lab.write(
        DIRECTORY.row(person_id=learner.id, name=None, masked=None, log_id=learner.id, stamp=2)
    )
    told = await office.verified(said["number"], text.removeprefix(ADDRESS + "/" + said["number"]))
    assert (told["status"], told["shown"]) == (
        "not_checkable",
        "持证人信息已不在平台，二维码无法核对",
    )


async def test_a_transfer_or_an_erasure_never_revokes(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    said = await office.generated(learner)
    await office.feed.say(words.transferred(learner.id), words.erased(learner.id))
    await office.heard()
    assert (await office.verified(said["number"]))["status"] == "valid"


async def test_a_deletion_counts_though_it_is_heard_before_its_entry(office: Office) -> None:
    learner = await office.learner()
    await office.has(*enough(learner.id))
    late = recognised(learner.id, "4")
    said = await office.generated(learner)
    await office.feed.say(revoked(late))
    assert (await office.verified(said["number"]))["status"] == "revoked"
    await office.has(late)
    async with office.as_(learner) as client:
        year = (await client.get(f"/people/{learner.id}/years/2024")).json()
    assert year["total"] == "90.00"
