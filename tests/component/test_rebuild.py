"""Any service's views are made anew by the same code: from its own log and from what it kept."""

from uuid import uuid4

from libs.runtime.rebuild import acting
from tests.component.conftest import Pair
from tests.component.lab import until
from tests.component.test_way import all_noted, fill


async def test_a_context_and_its_follower_come_out_as_they_were(pair: Pair) -> None:
    accounts = [uuid4() for _ in range(30)]
    async with pair.tally.at_work("relay"), pair.mirror.at_work("react"):
        await fill(pair, *accounts)
        await until(lambda: all_noted(pair))
        for lab, tables in ((pair.tally, ["accounts"]), (pair.mirror, ["notes", "last_seen"])):
            before = [await lab.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
            oid = await lab.one(f"SELECT '{tables[0]}'::regclass::oid")
            await acting.rebuild(lab.found, lab.settings, [])
            assert await lab.one(f"SELECT '{tables[0]}'::regclass::oid") != oid
            after = [await lab.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
            assert after == before
        await fill(pair, accounts[0], each=1)
        await until(lambda: all_noted(pair))
    assert (
        await pair.mirror.one("SELECT amounts FROM notes WHERE account_id = %s", accounts[0])
        == "1 2 3 4 5 1"
    )
