"""Identity behind its API: requests as people make them, and a small province to begin with."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.server import Servers
from libs.events.numbers import check_digit
from libs.runtime import clock
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from services.identity import keys
from services.identity.unit_code import check_character as unit_check
from tests.component import lab
from tests.component.lab import AT, Lab

PASSWORD = "Xuexi-2024-banzhou"  # noqa: S105
_numbers = itertools.count()


def number(serial: int | None = None, born: date = date(1990, 3, 7)) -> str:
    """A valid number of nobody in particular."""
    n = next(_numbers) if serial is None else serial
    first = f"450102{born + timedelta(days=n // 1000):%Y%m%d}{n % 1000:03d}"
    return first + check_digit(first)


def unit_code() -> str:
    """A valid code of no unit in particular."""
    first = f"12450000{next(_numbers):09d}"
    return first + unit_check(first)


@dataclass
class Caller:
    """Somebody at the API, logged in or not."""

    http: httpx.AsyncClient
    token: str = ""
    secret: str = ""
    session_id: str = ""
    account_id: str = ""

    async def ask(
        self, method: str, path: str, body: Any = None, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """One request; a change has a key of its own unless one is given."""
        headers = more.pop("headers", {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method != "GET":
            headers["Idempotency-Key"] = key or uuid4().hex
        content = {} if body is None else {"json": body}
        return await self.http.request(method, path, headers=headers, **content, **more)

    async def do(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The same, and it must be granted."""
        answer = await self.ask(method, path, body, **more)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return answer.json()

    async def refused(self, method: str, path: str, body: Any = None, **more: Any) -> str:
        """The rule that refuses it; every refusal names its document and what to do."""
        answer = await self.ask(method, path, body, **more)
        assert 400 <= answer.status_code < 500, (answer.status_code, answer.text)
        said = answer.json()
        assert said["source"]["document"], said
        assert said["remedy"], said
        assert said["status"] == answer.status_code
        return str(said["rule"])


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


def settings_of(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Keys of this test alone, by environment."""
    signing = keys.new_key()
    (folder / "jwks.json").write_text(keys.public_set(signing))
    clock.start(folder / "clock", AT)
    for name, value in {
        "JIXU_IDENTITY_VAULT_KEYS": "11" * 32,
        "JIXU_IDENTITY_SIGNING_KEY": signing,
        "JIXU_IDENTITY_SENT": str(folder / "sent"),
    }.items():
        patch.setenv(name, value)


@asynccontextmanager
async def at_work(
    servers: Servers,
    folder: Path,
    patch: pytest.MonkeyPatch,
    capture: Any,
    topics: bool = False,
) -> AsyncIterator[Office]:
    """Identity with a fresh database, migrated as an operator does it."""
    from services.identity.service import compose

    settings_of(folder, patch)
    prefix = f"t{uuid4().hex[:8]}."
    more: dict[str, Any] = {
        "match_key": "22" * 32,
        "clock": folder / "clock",
        "token_keys": folder / "jwks.json",
    }
    found = compose(Settings(prefix=prefix, **more))
    made = await lab.make(servers, found, prefix, more, topics=topics)
    capture.readouterr()
    assert made.found.after_migrate
    await made.found.after_migrate(made.settings)
    offices = dict(line.split()[1:] for line in capture.readouterr().out.splitlines())
    app = app_of(made.found, made.settings)
    try:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://identity") as http:
                yield Office(made, app, http, folder, offices)
    finally:
        lab.unmake(servers, [made])


def messages(folder: Path) -> list[list[str]]:
    """What the local sender was given."""
    lines = (folder / "sent" / "sent.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]
