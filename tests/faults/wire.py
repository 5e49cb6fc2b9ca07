"""A fast client: raw HTTP/1.1 over a kept connection that repeats its key until it is answered."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

PATIENCE = 180.0  # seconds for one request, power cuts included
AN_ATTEMPT = 12.0  # a little more than the service's own "outcome unknown"
PAUSE = 0.1
NOT_YET = (429, 503)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def id(self) -> str:
        """What was done is about this."""
        assert self.status in (200, 201), self.body.decode()
        return str(self.json()["id"])


class Line:
    """One connection. Whatever breaks it, the same request is sent again on a new one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.repeated = 0  # how often an answer never came

    async def ask(
        self, method: str, path: str, token: str, body: Any = None, key: str | None = None
    ) -> Answer:
        """The answer to one request; "not yet" and a broken connection are asked again."""
        sent = _request(method, path, token, body, key or uuid4().hex)
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with asyncio.timeout(AN_ATTEMPT):
                        answer = await self._once(sent)
                    if answer.status not in NOT_YET:
                        return answer
                except (OSError, EOFError, TimeoutError):
                    self.hang_up()
                    self.repeated += 1
                await asyncio.sleep(PAUSE)

    async def _once(self, sent: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(sent)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        at = head.index(b"content-length: ") + 16
        body = await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
        return Answer(int(head[9:12]), body)

    def hang_up(self) -> None:
        """The connection goes; the next request makes a new one."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _request(method: str, path: str, token: str, body: Any, key: str) -> bytes:
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Idempotency-Key: {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
