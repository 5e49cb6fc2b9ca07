"""Somebody at the public API: logs in, clicks, reads; waits and repeats as a browser would."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.telling import NotAsTold

PATIENCE = 60.0  # seconds without an answer, or of answers that say "not yet"


@dataclass
class Caller:
    """One person, account or stranger, with the token of the role chosen at login."""

    http: httpx.AsyncClient
    token: str = ""
    account_id: str = ""
    unit_id: str = ""
    login: dict[str, Any] = field(default_factory=dict)  # said again when the token has expired

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """The answer to one request. "Not yet" (503) is asked again under the same key."""
        headers = {"Idempotency-Key": uuid4().hex} | more.pop("headers", {})
        content = {} if body is None else {"json": body}
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    if self.token:
                        headers["Authorization"] = f"Bearer {self.token}"
                    answer = await self.once(method, path, headers=headers, **content, **more)
                    if answer.status_code == httpx.codes.UNAUTHORIZED and self.login:
                        self.token = (await self._log_in(self.login))["token"]
                    elif answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                        return answer
                    else:
                        await asyncio.sleep(float(answer.headers.get("Retry-After", "1")) / 4)
        except TimeoutError:
            raise NotAsTold(f"{method} {path} was not answered in {PATIENCE:.0f} s") from None

    async def once(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer to a request that is not repeated, whatever it says."""
        try:
            return await self.http.request(method, path, **more)
        except httpx.TransportError as lost:
            why = str(lost) or type(lost).__name__
            raise NotAsTold(f"{method} {path} was not answered: {why}") from lost

    async def do(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The same, and it must be granted."""
        answer = await self.ask(method, path, body, **more)
        if not answer.is_success:
            raise NotAsTold(f"{method} {path} was answered {answer.status_code}: {answer.text}")
        return answer.json()

    async def refused(self, method: str, path: str, body: Any = None, **more: Any) -> str:
        """The same, and it must be refused: the rule's code and its document."""
        answer = await self.ask(method, path, body, **more)
        if answer.is_success or answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise NotAsTold(f"{method} {path} was answered {answer.status_code}, not refused")
        said = answer.json()
        return f"{said['title']} ({said['source']['document']} {said['source']['article']})"

    async def log_in(self, password: str, role: str, **who: Any) -> "Caller":
        """This person in a role: by `document={"number": …}` or `unit_code=…`."""
        login = {**who, "password": password, "role": role}
        said = await self._log_in(login)
        return Caller(self.http, said["token"], said["account_id"], str(said["unit_id"]), login)

    async def _log_in(self, login: dict[str, Any]) -> dict[str, Any]:
        answer = await self.once("POST", "/identity/sessions", json=login)
        if not answer.is_success:
            raise NotAsTold(f"the login was answered {answer.status_code}: {answer.text}")
        said: dict[str, Any] = answer.json()
        return said
