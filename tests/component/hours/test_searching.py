"""学时查询: an admin finds one person's claims and hours by name or number; a learner the years."""

from typing import Any

import httpx

from libs.events.envelope import Actor
from tests.component.hours.conftest import Hours, claimed, known, number, of


async def passed(hours: Hours, who: Actor, **changes: Any) -> str:
    """A claim that has become an entry."""
    claim = await claimed(hours.as_(who), who, **changes)
    await hours.as_(who).post(f"{of(who, claim)}/submission", json={})
    admin = hours.as_(hours.admin())
    said = await admin.post(f"{of(who, claim)}/audit", json={"passed": True})
    assert said.status_code == 200, said.text
    return claim


async def found(admin: httpx.AsyncClient, what: str, **words: Any) -> list[dict[str, Any]]:
    """What the search answers."""
    answer = await admin.post(f"/{what}/search", json=words)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_one_person_is_found_by_name_or_number(hours: Hours) -> None:
    qin, wei = await known(hours, 1, "覃小明"), await known(hours, 2, "韦大山", department=False)
    claims = {who.id: await passed(hours, who) for who in (qin, wei)}
    waits = await claimed(
        hours.as_(qin), qin, began="2024-10-08/am", ended="2024-10-08/pm", hours="8.00"
    )
    admin = hours.as_(hours.admin())
    for words in ({"name": "覃"}, {"number": number(1).lower()}, {"name": "小明", "year": 2024}):
        assert {c["claim_id"] for c in await found(admin, "claims", **words)} == {
            claims[qin.id],
            waits,
        }
        (entry,) = await found(admin, "entries", **words)
        assert (entry["entry_id"], entry["recognised"]) == (claims[qin.id], "20.00")
        assert (entry["person_name"], entry["masked_number"]) == ("覃小明", "4501**********0018")
    by_state = await found(admin, "claims", name="覃小明", state="draft")
    assert [(c["claim_id"], c["person_name"], c["unit_name"]) for c in by_state] == [
        (waits, "覃小明", "某单位")
    ]
    assert await found(admin, "entries", name="覃小明", year=2023) == []
    assert len(await found(admin, "entries")) == 2


async def test_a_search_keeps_to_the_scope_and_goes_on_page_by_page(hours: Hours) -> None:
    qin, wei = await known(hours, 1, "覃小明"), await known(hours, 2, "覃大山", department=False)
    mine, other = await passed(hours, qin), await passed(hours, wei)
    of_department = hours.as_(hours.admin(department=hours.department))
    assert [e["entry_id"] for e in await found(of_department, "entries", name="覃")] == [mine]
    assert [e["entry_id"] for e in await found(hours.as_(wei), "entries", name="覃")] == [other]
    admin = hours.as_(hours.admin())
    first = (await admin.post("/entries/search", json={"limit": 1})).json()
    rest = (await admin.post("/entries/search", json={"cursor": first["next"]})).json()
    assert [e["entry_id"] for e in (*first["items"], *rest["items"])] == [other, mine]
    assert rest["next"] is None


async def test_a_number_that_is_none_is_refused(hours: Hours) -> None:
    admin = hours.as_(hours.admin())
    answer = await admin.post("/claims/search", json={"number": number(1)[:-1] + "A"})
    assert (answer.status_code, answer.json()["rule"]) == (422, "number-wrong")
    assert number(1)[:-1] not in answer.text


async def test_a_learner_sees_all_years_at_once(hours: Hours, learner: Actor) -> None:
    me = hours.as_(learner)
    assert (await me.get(f"/people/{learner.id}")).json() == []
    await passed(hours, learner)
    (year,) = (await me.get(f"/people/{learner.id}")).json()
    assert (year["year"], year["judged"], year["total"]) == (2024, True, "20.00")
    assert year["by_subject"] == {"public": "0.00", "professional": "20.00"}
    assert (year["satisfied"], year["entries"]) == ([], 1)
    stranger = await hours.person()
    assert (await hours.as_(stranger).get(f"/people/{learner.id}")).status_code == 404
