"""Somebody at the API of identity, and numbers that nobody has."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.events.documents.citizen import check_digit
from services.identity.unit_code import check_character as unit_check

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
