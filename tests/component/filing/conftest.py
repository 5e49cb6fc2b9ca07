"""The filing service at work: its bases, its law, its directory, its clients."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.layout import FONTS
from deploy.local.server import Servers
from libs.events.directory import DirectoryRow, Entry
from libs.events.documents import DocumentKind, digest_of, read
from libs.events.envelope import Actor, Role
from libs.events.identity import BaseDesignated, BaseLevel
from libs.runtime import clock
from libs.runtime.database import connect
from libs.runtime.following.directory import take
from libs.runtime.log import batch
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.filing.service import compose
from tests.component import lab, signing
from tests.component.feeding import Feed
from tests.component.filing.sheets import name, number, roster
from tests.component.hours.conftest import published, registered
from tests.component.lab import AT
from tests.component.signing import As

MATCH_KEY = bytes(32)
SCAN = b"%PDF-1.7\n stamped"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Filing:
    """The service, what it follows, and clients for whoever asks."""

    app: FastAPI
    feed: Feed
    as_: As
    unit: UUID

    @property
    def base(self) -> Actor:
        """The account of the unit that is a base."""
        return Actor(self.unit, Role.UNIT_ACCOUNT, self.unit, session_id=uuid4())

    @property
    def province(self) -> Actor:
        """An official of 自治区人力资源社会保障厅."""
        return Actor(uuid4(), Role.PROVINCE_BUREAU, UUID(int=100), session_id=uuid4())

    async def known(self, people: Iterable[tuple[str, str]]) -> list[UUID]:
        """These (name, number) are registered: they stand in the directory."""
        entries = []
        for stamp, (who, what) in enumerate(people, 1):
            document = read(DocumentKind.RESIDENT_ID, what)
            row = DirectoryRow(
                name=who, masked=document.masked, digest=digest_of(document, MATCH_KEY)
            )
            entries.append(Entry(uuid4(), UUID(int=1), stamp, row))
        async with await connect(self.feed.lab.settings.database) as conn:
            await batch.ask(conn, [*batch.BEGIN, take(entries), batch.COMMIT], ())
        return [entry.person_id for entry in entries]

    async def to(self, instant: datetime) -> None:
        """It is this instant, and identity and policy were heard of just now."""
        assert self.feed.lab.settings.clock is not None
        clock.move_to(self.feed.lab.settings.clock, instant)

        async def noticed() -> bool:
            said = (await self.as_(self.province).get("/healthz")).json()["now"]
            return datetime.fromisoformat(said) >= instant

        await lab.until(noticed)
        await self.feed.current("identity", "policy", ahead=timedelta(hours=1))


@pytest.fixture
async def filing(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Filing]:
    """On 20 December 2024, with one national base and the year's pack."""
    monkeypatch.setenv("JIXU_FILING_TEXT_KEY", "11" * 32)
    monkeypatch.setenv("JIXU_FILING_FONTS", str(FONTS))
    monkeypatch.setenv("JIXU_MATCH_KEY", MATCH_KEY.hex())
    ticking = tmp_path / "clock.json"
    clock.start(ticking, AT)
    more = {"clock": ticking, "files": tmp_path, "token_keys": signing.write_keys(tmp_path)}
    mine = await lab.make(servers, compose(Settings(files=tmp_path)), "", more, topics=False)
    feed, unit = Feed(mine), uuid4()
    base = BaseDesignated(unit_id=unit, level=BaseLevel.NATIONAL, batch="第一批")
    await feed.say(registered(unit), base, published())
    await feed.current("identity", "policy", ahead=timedelta(hours=1))
    app = app_of(mine.found, mine.settings)
    async with signing.clients(app, mine.clock) as as_:
        yield Filing(app, feed, as_, unit)
    lab.unmake(servers, [mine])


def registration(**changes: object) -> dict[str, Any]:
    """What the form says: three days in December that are over on the 20th."""
    return {
        "class_name": "数字技术应用能力提升高级研修班",
        "run_type": "own",
        "audience": "自然资源领域专业技术人员",
        "content": "数据治理的新方法",
        "teachers": [{"name": "韦老师", "unit": "广西大学", "post": "教授"}],
        "starts": "2024-12-09/am",
        "ends": "2024-12-11/pm",
        "days": 3,
        "modes": ["offline"],
        "hours": "24.00",
        "place": "南宁市大学东路100号",
        "contact": "陆某",
        "department": "继续教育学院",
        "office_phone": "0771-3230000",
        "mobile": "13877100001",
        "fax": "无",
        "email": "jxjy@example.edu.cn",
        "address": "南宁市大学东路100号",
        "postcode": "530004",
        "promises": [True] * 7,
        "responsible_person": "黄某",
        "responsible_on": "2024-12-02",
    } | changes


async def filed(client: httpx.AsyncClient, **changes: object) -> str:
    """The path of a class of the base's."""
    answer = await client.post("/filings", json=registration(**changes))
    assert answer.status_code == 201, answer.text
    return f"/filings/{answer.json()['id']}"


async def sealed(client: httpx.AsyncClient, path: str) -> None:
    """Reported as filed, and sealed."""
    reported = await client.post(f"{path}/report", json={})
    assert reported.status_code == 200, reported.text
    scanned = await client.post(f"{path}/sealed-form", files={"file": ("scan.pdf", SCAN)})
    assert scanned.status_code == 200, scanned.text


async def imported(client: httpx.AsyncClient, path: str, sheet: bytes | None = None) -> None:
    """A roster, read and confirmed."""
    content = sheet or roster((name(n), number(n)) for n in range(3))
    said = await client.post(f"{path}/rosters", files={"file": ("roster.xlsx", content, EXCEL)})
    assert said.status_code == 201, said.text
    done = await client.post(f"{path}/rosters/{said.json()['roster_id']}/confirmation")
    assert done.status_code == 200, done.text


async def requested(client: httpx.AsyncClient, **changes: object) -> str:
    """The path of a class whose hours are requested."""
    path = await filed(client, **changes)
    await sealed(client, path)
    await imported(client, path)
    asked = await client.post(f"{path}/request")
    assert asked.status_code == 200, asked.text
    return path
