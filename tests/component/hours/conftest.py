"""The hours service at work: its people, its law, its clients."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.server import Servers
from libs.events.directory import DirectoryRow, Entry
from libs.events.documents import DocumentKind, digest_of, read
from libs.events.documents.citizen import check_digit
from libs.events.envelope import Actor, Role
from libs.events.identity import (
    Affiliation,
    PersonRegistered,
    Placement,
    UnitKind,
    UnitRegistered,
)
from libs.events.policy import PackPublished, WindowExtended
from libs.policy import packs
from libs.policy.drafts import draft
from libs.runtime import clock, database
from libs.runtime.following.directory import take
from libs.runtime.log import batch
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.hours.service import compose
from services.policy.commands import key_of
from tests.component import lab, signing
from tests.component.feeding import Feed
from tests.component.lab import AT
from tests.component.signing import As

BUREAU = UUID(int=100)
MATCH_KEY = bytes(32)


@dataclass(frozen=True)
class Hours:
    """The service, what it follows, and clients for whoever asks."""

    app: FastAPI
    feed: Feed
    as_: As
    unit: UUID
    department: UUID

    async def person(self, department: UUID | None = None, unit: UUID | None = None) -> Actor:
        """A learner of the unit, whom identity has told of."""
        learner = Actor(uuid4(), Role.LEARNER, session_id=uuid4())
        await self.tell(learner, department, unit)
        return learner

    async def tell(
        self, learner: Actor, department: UUID | None = None, unit: UUID | None = None
    ) -> None:
        """Identity has told of this learner of the unit."""
        placement = Placement(
            unit_id=unit or self.unit,
            department_id=department,
            bureau_id=BUREAU,
            city="南宁市",
            county="青秀区",
            jurisdiction="CN-GX",
            effective=date(2024, 1, 1),
        )
        told = PersonRegistered(person_id=learner.id, placement=placement, confirmed=True)
        await self.feed.say(told)

    def admin(self, unit: UUID | None = None, department: UUID | None = None) -> Actor:
        """An admin of the unit, or of a department of it."""
        role = Role.DEPARTMENT_ADMIN if department else Role.UNIT_ADMIN
        return Actor(uuid4(), role, unit or self.unit, department, uuid4())


def registered(
    unit: UUID, kind: UnitKind = UnitKind.EMPLOYER, name: str = "某单位"
) -> UnitRegistered:
    """A unit of the bureau's."""
    return UnitRegistered(
        unit_id=unit,
        code="12450000498500000X",
        name=name,
        kind=kind,
        affiliation=Affiliation.CITY,
        bureau_id=BUREAU,
        city="南宁市",
        county="青秀区",
        jurisdiction="CN-GX",
    )


def published(name: str = "gx-2024", over: str = "") -> PackPublished:
    """The pack is law; in a second version, in which claim and audit were over on a day."""
    pack = draft(name)
    if over:
        said = json.loads(pack.canonical_json()) | {"version": 2}
        for window in ("claim", "audit"):
            said["hours"][window]["closes"] = over
        pack = packs.from_json(json.dumps(said))
    return PackPublished(
        pack_key=key_of(pack.id),
        pack=pack.id,
        pack_version=pack.version,
        jurisdiction=pack.jurisdiction,
        year=pack.year,
        content=pack.canonical_json(),
        digest=pack.digest,
        author_id=uuid4(),
        approver_id=uuid4(),
    )


def extended(window: str, until: str) -> WindowExtended:
    """The bureau has lengthened one of the notice's windows for everybody."""
    return WindowExtended(
        pack_key=key_of("gx-2024"),
        pack="gx-2024",
        window=window,
        until=date.fromisoformat(until),
        reason_id=uuid4(),
    )


@pytest.fixture
async def hours(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Hours]:
    """On 20 December 2024, with one unit and the year's pack."""
    monkeypatch.setenv("JIXU_HOURS_TEXT_KEY", "00" * 32)
    ticking = tmp_path / "clock.json"
    clock.start(ticking, AT)
    more = {
        "clock": ticking,
        "files": tmp_path,
        "token_keys": signing.write_keys(tmp_path),
        "match_key": MATCH_KEY.hex(),
    }
    mine = await lab.make(
        servers,
        compose(Settings(files=tmp_path, match_key=MATCH_KEY.hex())),
        "",
        more,
        topics=False,
    )
    feed, unit = Feed(mine), uuid4()
    await feed.say(registered(unit), published())
    await feed.current("identity", "policy", ahead=timedelta(hours=1))
    app = app_of(mine.found, mine.settings)
    async with signing.clients(app, mine.clock) as as_:
        yield Hours(app, feed, as_, unit, uuid4())
    lab.unmake(servers, [mine])


@pytest.fixture
async def learner(hours: Hours) -> Actor:
    """A learner of the unit's department."""
    return await hours.person(hours.department)


def spring(**changes: object) -> dict[str, object]:
    """What the form says: five half-days of training."""
    return {
        "category": "professional",
        "rule": "training",
        "name": "新知识研修班",
        "organiser": "广西大学",
        "form": "线下",
        "began": "2024-11-04/am",
        "ended": "2024-11-06/am",
        "result": "合格",
        "hours": "20.00",
        "content": "学习新方法",
        "promised": True,
    } | changes


def of(learner: Actor, claim: str = "") -> str:
    """The path of a claim."""
    return f"/people/{learner.id}/2024/claims" + (f"/{claim}" if claim else "")


async def claimed(client: httpx.AsyncClient, learner: Actor, **changes: object) -> str:
    """A claim of the learner's."""
    answer = await client.post(of(learner), json=spring(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def number(n: int) -> str:
    """A valid number."""
    first = f"45010219900307{n:03d}"
    return first + check_digit(first)


async def known(hours: Hours, n: int, name: str, department: bool = True) -> Actor:
    """A person of the unit whom the directory shows with this name and number."""
    person = await hours.person(hours.department if department else None)
    digest = digest_of(read(DocumentKind.RESIDENT_ID, number(n)), MATCH_KEY)
    row = DirectoryRow(name=name, masked="4501**********0018", digest=digest, unit_id=hours.unit)
    async with await database.connect(hours.feed.lab.settings.database) as conn:
        entry = Entry(person.id, uuid4(), 1, row)
        await batch.ask(conn, [*batch.BEGIN, take([entry]), batch.COMMIT], ())
    return person
