"""人员名录: what other services show of people, and how an erasure reaches them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.server import Servers
from libs.events import directory
from libs.events.directory import DirectoryRow, Entry
from libs.events.documents import DocumentKind, digest_of, read
from libs.events.registry import Malformed, Registry
from libs.runtime import broker, database, operating
from libs.runtime.composition import Composition
from libs.runtime.following.directory import DIRECTORY, take
from libs.runtime.log import batch
from libs.runtime.outbound.relay import partition_of
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from tests.component import lab
from tests.component.identity import office
from tests.component.identity.caller import number
from tests.component.identity.office import Province
from tests.component.lab import Lab, until

READER = Service("reader", Registry(()), {}, private_tables=(DIRECTORY,))


def compose(settings: Settings) -> Composition:
    """A service that shows names and does nothing else."""
    del settings
    return Composition(READER, "Reader", "Shows names")


@dataclass
class Pair:
    """Identity, and a service that shows names."""

    province: Province
    reader: Lab

    async def shown(self, person_id: str) -> tuple[Any, ...] | None:
        """What the reader shows of a person."""
        rows = await self.reader.rows(
            "SELECT name, masked, digest, unit_id::text, department_id::text FROM directory "
            "WHERE person_id = %s",
            person_id,
        )
        return rows[0] if rows else None

    async def comes(self, person_id: str, expected: tuple[Any, ...] | None) -> None:
        """Until it shows this."""

        async def it_does() -> bool:
            return await self.shown(person_id) == expected

        await until(it_does)


@pytest.fixture
async def reader(servers: Servers) -> AsyncIterator[Lab]:
    """The reader's database alone."""
    prefix = f"t{uuid4().hex[:8]}."
    found = await lab.make(servers, compose(Settings()), prefix, topics=False)
    yield found
    lab.unmake(servers, [found])


@pytest.fixture
async def pair(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Pair]:
    """Identity with its topics, and the reader on the same ones."""
    async with office.at_work(servers, tmp_path, monkeypatch, topics=True) as desk:
        found = await office.province(desk)
        reader = await lab.make(servers, compose(Settings()), desk.lab.settings.prefix)
        yield Pair(found, reader)
        lab.unmake(servers, [reader])


def digest(of: str) -> str:
    return digest_of(read(DocumentKind.RESIDENT_ID, of), bytes.fromhex("22" * 32))


async def test_names_go_along_as_they_change_and_go_when_the_person_is_erased(
    pair: Pair,
) -> None:
    province, desk = pair.province, pair.province.office
    of = number()
    masked = f"{of[:6]}********{of[-4:]}"
    async with desk.lab.at_work("relay"), pair.reader.at_work("react"):
        person_id, _of = await desk.person(province.account, "覃小明", of)
        await pair.comes(person_id, ("覃小明", masked, digest(of), province.unit_id, None))
        path = f"/units/{province.unit_id}/departments"
        physics = (await province.account.do("POST", path, {"name": "物理学院"}))["id"]
        words: Any = {"department_id": physics}
        await province.general.do("PUT", f"/people/{person_id}/department", words)
        await pair.comes(person_id, ("覃小明", masked, digest(of), province.unit_id, physics))
        words = {"name": "覃大明", "proof": "户口簿更名页"}
        await province.general.do("PUT", f"/people/{person_id}/identity", words)
        await pair.comes(person_id, ("覃大明", masked, digest(of), province.unit_id, physics))
        await province.bureau.do("DELETE", f"/people/{person_id}")
        await pair.comes(person_id, (None, None, None, None, None))
        # published again from the beginning, nothing comes back
        await operating.republish(desk.lab.found, desk.lab.settings, [])
        last, _of = await desk.person(province.account, "韦大山")

        async def the_last_is_here() -> bool:
            shown = await pair.shown(last)
            return shown is not None and shown[0] == "韦大山"

        await until(the_last_is_here)
    assert await pair.shown(person_id) == (None, None, None, None, None)


async def test_nobody_but_people_is_in_the_directory(pair: Pair) -> None:
    desk = pair.province.office
    async with desk.lab.at_work("relay"), pair.reader.at_work("react"):
        last, _of = await desk.person(pair.province.account, "韦大山")

        async def here() -> bool:
            return await pair.shown(last) is not None

        await until(here)
    people = await desk.lab.rows("SELECT person_id FROM people ORDER BY 1")
    assert await pair.reader.rows("SELECT person_id FROM directory ORDER BY 1") == people


async def test_garbage_in_the_directory_is_passed_over(pair: Pair) -> None:
    desk = pair.province.office
    topic = f"{desk.lab.settings.prefix}{broker.DIRECTORY}"
    key = str(uuid4()).encode()
    bad: list[tuple[bytes, bytes | None, list[tuple[str, Any]]]] = [
        (key, b"garbage", []),
        (b"nobody", b"{}", [("jixu_stamp", b"1"), ("jixu_logid", key)]),
        (key, b'{"name": "\\u0000"}', [("jixu_stamp", b"1"), ("jixu_logid", key)]),
        (key, None, [("jixu_stamp", b"9" * 30), ("jixu_logid", key)]),
        (key, None, [("jixu_stamp", None), ("jixu_logid", key)]),
        (key, None, [("jixu_stamp", b"1"), ("jixu_logid", None)]),
    ]
    async with AIOKafkaProducer(bootstrap_servers=desk.lab.settings.kafka) as to:
        for record, value, headers in bad:
            await to.send_and_wait(topic, value, record, partition_of(key), headers=headers)
    async with desk.lab.at_work("relay"), pair.reader.at_work("react"):
        person_id, _of = await desk.person(pair.province.account, "覃小明")

        async def here() -> bool:
            return await pair.shown(person_id) is not None

        await until(here)
    assert await pair.shown(key.decode()) is None


LOG, OTHER_LOG = uuid4(), uuid4()


def entry(person: UUID, stamp: int, name: str | None, log: UUID = LOG) -> Entry:
    row = name and DirectoryRow(name=name, masked="45**", digest="0" * 64)
    return Entry(person, log, stamp, row or None)


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ([(5, "new"), (3, "old")], "new"),
        ([(3, "old"), (5, "new")], "new"),
        ([(5, None), (3, "old")], None),
        ([(5, "same"), (5, "other")], "same"),
        ([(3, "a"), (5, None), (7, "again")], "again"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
async def test_an_older_row_never_wins(
    reader: Lab, came: list[tuple[int, str | None]], kept: str | None, together: bool
) -> None:
    person = uuid4()
    entries = [entry(person, stamp, name) for stamp, name in came]
    parts = [entries] if together else [[one] for one in entries]
    async with await database.connect(reader.settings.database) as conn:
        for part in parts:
            await batch.ask(conn, [*batch.BEGIN, take(part), batch.COMMIT], ())
    assert await reader.one("SELECT name FROM directory WHERE person_id = %s", person) == kept


async def test_a_restored_log_counts_from_where_it_is(reader: Lab) -> None:
    person = uuid4()
    async with await database.connect(reader.settings.database) as conn:
        for one in (entry(person, 900, "before"), entry(person, 5, "after", OTHER_LOG)):
            await batch.ask(conn, [*batch.BEGIN, take([one]), batch.COMMIT], ())
    assert await reader.one("SELECT name FROM directory") == "after"


def test_what_is_written_is_read() -> None:
    for one in (entry(uuid4(), 7, "覃小明"), entry(uuid4(), 7, None)):
        assert directory.read(one.key, one.value, one.headers) == one
    with pytest.raises(Malformed):
        directory.read(b"nobody", None, [])
