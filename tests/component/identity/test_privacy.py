"""个人信息: a known number, name, mobile and password are looked for everywhere."""

from pathlib import Path

import pytest

from deploy.local.server import Servers
from libs.events.documents.citizen import check_digit
from libs.runtime import broker
from services.identity import private
from tests import topics
from tests.component.identity import office
from tests.component.identity.office import PASSWORD, Office, Province
from tests.component.identity.sheet import person, sheet
from tests.component.identity.test_import import send
from tests.component.lab import until

OF = "45010219491001123" + check_digit("45010219491001123")
NAME, MOBILE = "欧阳独一", "13877776666"
SECRETS = (OF, NAME, MOBILE, PASSWORD)
MAY_KNOW = {table.name for table in private.TABLES}


async def live(desk: Office, found: Province) -> None:
    """Everything that a person's data goes through, and some of it refused."""
    words = {
        "number": OF,
        "name": NAME,
        "mobile": MOBILE,
        "unit_id": found.unit_id,
        "password": PASSWORD,
    }
    joined = await desk.anybody.do("POST", "/registrations", words)
    await desk.anybody.refused("POST", "/registrations", words)
    await found.general.do("POST", f"/people/{joined['id']}/confirmation")
    learner = await desk.log_in(OF, "learner")
    await learner.do("GET", "/me")
    await found.general.do("POST", "/people/search", {"document": {"number": OF}})
    await found.general.do("POST", "/people/search", {"name": NAME})
    await send(found.general, sheet(person(NAME, OF, mobile=MOBILE)))
    wrong = {"document": {"number": OF}, "password": PASSWORD + "x", "role": "learner"}
    await desk.anybody.refused("POST", "/sessions", wrong)
    change = {"name": NAME + "一", "proof": f"{NAME}的户口簿"}
    await found.general.do("PUT", f"/people/{joined['id']}/identity", change)
    await desk.http.post("/sessions", content=f'{{"password": "{PASSWORD}"'.encode())


async def test_nobody_s_data_is_where_it_must_not_be(
    servers: Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with office.at_work(servers, tmp_path, monkeypatch, topics=True) as desk:
        found = await office.province(desk)
        async with desk.lab.at_work("relay"):
            await live(desk, found)
            head = await desk.lab.one("SELECT max(position) FROM events")

            async def published() -> bool:
                return bool(await desk.lab.one("SELECT cursor FROM relay") == head)

            await until(published)
        printed = capsys.readouterr()
        for table in await tables(desk):
            rows = await desk.lab.rows(f'SELECT t::text FROM "{table}" t')
            text = " ".join(row for (row,) in rows)
            known = [secret for secret in SECRETS if secret in text]
            assert table in MAY_KNOW or not known, table
            assert PASSWORD not in known, table
            assert OF not in known, table  # not even there: it is sealed
        topic = f"{desk.lab.settings.prefix}identity.events"
        told = await everything(desk, topic) + (printed.out + printed.err).encode()
        metrics = (await desk.http.get("/metrics")).content
        for secret in SECRETS:
            assert secret.encode() not in told + metrics
        directory = await everything(desk, f"{desk.lab.settings.prefix}{broker.DIRECTORY}")
        assert NAME.encode() in directory
        assert OF.encode() not in directory
        assert MOBILE.encode() not in directory


async def tables(desk: Office) -> list[str]:
    rows = await desk.lab.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname IN ('views', 'private', 'public')"
    )
    return [name for (name,) in rows]


async def everything(desk: Office, topic: str) -> bytes:
    """All bytes of a topic: keys, values and headers."""
    found = await topics.records(desk.lab.settings.kafka, topic)
    return b" ".join(topics.whole(record) for record in found)
