"""A notice becomes law, and a window of it ends later, for a reason that everybody may read."""

import pytest

from libs.runtime.rebuild import acting
from tests.component.policy.conftest import Policy

REASON = "系统升级期间部分单位未能完成审核"
LONGER = {"window": "hours.audit", "until": "2025-05-31", "reason": REASON}


async def test_a_pack_is_published_and_read_by_anybody(policy: Policy) -> None:
    await policy.publish("gx-2021")
    await policy.publish("gx-2024")
    async with policy.as_(policy.author) as client:
        listed = (await client.get("/packs")).json()
        assert [(one["pack"], one["version"], one["waiting"]) for one in listed] == [
            ("gx-2021", 1, []),
            ("gx-2024", 1, []),
        ]
        assert (await client.get("/packs/gx-2024")).json()["id"] == "gx-2024"
        unknown = await client.get("/packs/gx-1999")
        assert (unknown.status_code, unknown.json()["rule"]) == (404, "no-such-pack")


async def test_the_reason_of_a_longer_window_is_read_but_is_in_no_event(policy: Policy) -> None:
    await policy.publish("gx-2021")
    await policy.publish("gx-2024")
    async with policy.as_(policy.author) as client:
        answer = await client.post("/packs/gx-2024/extensions", json=LONGER)
        assert answer.status_code == 201, answer.text
        listed = (await client.get("/packs/gx-2024/extensions")).json()
    assert listed == [LONGER | {"unit_id": None}]
    for (body,) in await policy.feed.lab.rows("SELECT body FROM events"):
        assert REASON not in body
    assert await policy.feed.lab.rows("SELECT text FROM private.reasons") == [(REASON,)]


async def test_a_longer_window_is_written_alone(policy: Policy) -> None:
    written = "SELECT window_name, until::text, xmin::text FROM extensions ORDER BY 1"
    await policy.publish("gx-2021")
    await policy.publish("gx-2024")
    async with policy.as_(policy.author) as client:
        for window in ("hours.audit", "hours.claim"):
            await client.post("/packs/gx-2024/extensions", json=LONGER | {"window": window})
        (first, second) = await policy.feed.lab.rows(written)
        again = LONGER | {"window": "hours.claim", "until": "2025-06-30"}
        await client.post("/packs/gx-2024/extensions", json=again)
    (before, after) = await policy.feed.lab.rows(written)
    assert before == first
    assert after[1] == "2025-06-30"
    assert after != second


async def test_a_refused_extension_leaves_no_reason(policy: Policy) -> None:
    await policy.publish("gx-2021")
    async with policy.as_(policy.author) as client:
        answer = await client.post("/packs/gx-2021/extensions", json=LONGER)
    assert (answer.status_code, answer.json()["rule"]) == (422, "unknown-window")
    assert not await policy.feed.lab.rows("SELECT FROM private.reasons")


async def test_what_was_published_and_extended_comes_out_of_the_log_again(
    policy: Policy, capsys: pytest.CaptureFixture[str]
) -> None:
    await policy.publish("gx-2021")
    await policy.publish("gx-2024")
    async with policy.as_(policy.author) as client:
        await client.post("/packs/gx-2024/extensions", json=LONGER)
        await acting.rebuild(policy.feed.lab.found, policy.feed.lab.settings, ["in", "1"])
        listed = (await client.get("/packs/gx-2024/extensions")).json()
    assert "equal, swapped" in capsys.readouterr().out
    assert listed == [LONGER | {"unit_id": None}]
