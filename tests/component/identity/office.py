"""Identity behind its API: requests as people make them, and a small province to begin with."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from dataclasses import dataclass, field, fields, replace
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.server import Servers
from libs.runtime import clock
from libs.runtime.composition import Composition
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.identity import keys
from services.identity.service import compose
from tests.component import lab
from tests.component.identity import databases
from tests.component.identity.caller import Caller, number, unit_code
from tests.component.lab import AT, Lab

PASSWORD = "Xuexi-2024-banzhou"  # noqa: S105


@dataclass
class Office:
    """Identity at work."""

    lab: Lab
    app: FastAPI
    http: httpx.AsyncClient
    folder: Path
    offices: dict[str, str]
    sent: list[tuple[str, str]] = field(default_factory=list)

    @property
    def anybody(self) -> Caller:
        """Who has not logged in."""
        return Caller(self.http)

    async def log_in(
        self, who: str | dict[str, str], role: str, password: str = PASSWORD, **more: Any
    ) -> Caller:
        """By number, or by `{"unit_code": …}`."""
        login = who if isinstance(who, dict) else {"document": {"number": who}}
        said = await self.anybody.do(
            "POST", "/sessions", {**login, "password": password, "role": role, **more}
        )
        return Caller(
            self.http, said["token"], said["secret"], said["session_id"], said["account_id"]
        )

    async def take_office(self, role: str, of: str, name: str = "韦安全") -> Caller:
        """An administrator of the three, logged in."""
        words = {"number": of, "name": name, "code": self.offices[role], "password": PASSWORD}
        await self.anybody.do("PUT", f"/offices/{role}/holder", words)
        return await self.log_in(of, role)

    async def unit_account(self, unit_id: str, code: str, giver: Caller) -> Caller:
        """A unit's account, activated and logged in."""
        handed = await giver.do("POST", f"/units/{unit_id}/activation-code", {})
        words = {"unit_code": code, "code": handed["code"], "password": PASSWORD}
        await self.anybody.do("POST", "/activations", words)
        return await self.log_in({"unit_code": code}, "unit_account")

    async def person(
        self, manager: Caller, name: str = "覃小明", of: str | None = None, **more: Any
    ) -> tuple[str, str]:
        """Somebody whom a unit entered and who has a password: id and number."""
        of = of or number()
        said = await manager.do("POST", "/people", {"number": of, "name": name, **more})
        words = {
            "document": {"number": of},
            "code": said["activation_code"],
            "password": PASSWORD,
        }
        await self.anybody.do("POST", "/activations", words)
        return said["person_id"], of

    async def admin(
        self, account: Caller, unit_id: str, role: str, department_id: str | None = None
    ) -> Caller:
        """An admin of the unit, logged in."""
        person_id, of = await self.person(account, "莫管理")
        words = {
            "person_id": person_id,
            "role": role,
            "department_id": department_id,
            "login_allowed": True,
        }
        await account.do("POST", f"/units/{unit_id}/admins", words)
        return await self.log_in(of, role)

    async def unit(self, bureau: Caller, name: str, **more: Any) -> tuple[str, str]:
        """A unit: id and code."""
        code = more.pop("code", None) or unit_code()
        words = {
            "code": code,
            "name": name,
            "affiliation": "city",
            "city": "南宁市",
            "county": "青秀区",
            **more,
        }
        said = await bureau.do("POST", "/units", words)
        return said["id"], code


@dataclass
class Province:
    """The beginning of every province: the bureau, its staff, and one unit."""

    office: Office
    system: Caller
    security: Caller
    bureau_id: str
    bureau_account: Caller
    bureau: Caller
    unit_id: str
    unit_code: str
    account: Caller
    general: Caller


async def province(office: Office) -> Province:
    """Descended from the three administrators, call by call."""
    system = await office.take_office("system_admin", number(), "韦系统")
    security = await office.take_office("security_admin", number(), "黄安全")
    bureau_id, code = await office.unit(
        system, "自治区人社厅", kind="province_bureau", affiliation="region"
    )
    bureau_account = await office.unit_account(bureau_id, code, security)
    bureau = await office.admin(bureau_account, bureau_id, "province_bureau")
    unit_id, code = await office.unit(bureau, "广西样例大学")
    account = await office.unit_account(unit_id, code, bureau)
    general = await office.admin(account, unit_id, "unit_admin")
    return Province(
        office,
        system,
        security,
        bureau_id,
        bureau_account,
        bureau,
        unit_id,
        code,
        account,
        general,
    )


def settings_of(folder: Path, patch: pytest.MonkeyPatch, signing: str) -> None:
    """Keys and a clock of this test alone, by environment."""
    (folder / "jwks.json").write_text(keys.public_set(signing))
    clock.start(folder / "clock", AT)
    for name, value in {
        "JIXU_IDENTITY_VAULT_KEYS": "11" * 32,
        "JIXU_IDENTITY_SIGNING_KEY": signing,
        "JIXU_IDENTITY_SENT": str(folder / "sent"),
    }.items():
        patch.setenv(name, value)


def composed(folder: Path) -> tuple[Composition, str, dict[str, Any]]:
    """Identity with a prefix of its own, and what else it is told."""
    prefix = f"t{uuid4().hex[:8]}."
    more: dict[str, Any] = {
        "match_key": "22" * 32,
        "clock": folder / "clock",
        "token_keys": folder / "jwks.json",
    }
    return compose(Settings(prefix=prefix, **more)), prefix, more


@asynccontextmanager
async def at_work(
    servers: Servers,
    folder: Path,
    patch: pytest.MonkeyPatch,
    signing: str | None = None,
    topics: bool = False,
) -> AsyncIterator[Office]:
    """Identity with a fresh database, migrated as an operator does it."""
    settings_of(folder, patch, signing or keys.new_key())
    found, prefix, more = composed(folder)
    made = await lab.make(servers, found, prefix, more, topics=topics)
    try:
        async with serving(made, folder, await migrated(made)) as office:
            yield office
    finally:
        lab.unmake(servers, [made])


async def migrated(made: Lab) -> dict[str, str]:
    """The codes that are printed when it is migrated first."""
    assert made.found.after_migrate
    with redirect_stdout(StringIO()) as printed:
        await made.found.after_migrate(made.settings)
    lines = (line.split() for line in printed.getvalue().splitlines())
    return {role: code for _, role, code in (words for words in lines if len(words) == 3)}


@asynccontextmanager
async def serving(made: Lab, folder: Path, offices: dict[str, str]) -> AsyncIterator[Office]:
    """Its API, open."""
    app = app_of(made.found, made.settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://identity") as http:
            yield Office(made, app, http, folder, offices)


@asynccontextmanager
async def copied(
    servers: Servers, original: Province, folder: Path, patch: pytest.MonkeyPatch, signing: str
) -> AsyncIterator[Province]:
    """A province as it was made once, on a copy of its database; everybody still logged in."""
    settings_of(folder, patch, signing)
    found, prefix, more = composed(folder)
    copy = databases.copy(servers.postgres, original.office.lab.settings)
    told = Settings(**copy, kafka=servers.kafka, prefix=prefix, aside_key="00" * 32, **more)
    made = Lab(found, told)
    try:
        async with serving(made, folder, original.office.offices) as office:
            callers = {
                one.name: replace(getattr(original, one.name), http=office.http)
                for one in fields(Province)
                if isinstance(getattr(original, one.name), Caller)
            }
            yield replace(original, office=office, **callers)
    finally:
        lab.unmake(servers, [made])


def messages(folder: Path) -> list[list[str]]:
    """What the local sender was given."""
    lines = (folder / "sent" / "sent.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]
