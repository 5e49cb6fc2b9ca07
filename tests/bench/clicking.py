"""What a few people do one after the other while a figure is measured, without a client's cost."""

import asyncio
import json
from typing import Any

from tests.bench.generator import Connection, request


class Refused(Exception):
    """An answer that is not yes."""


class Clicking:
    """Keep-alive connections to one port, each used by one caller at a time."""

    def __init__(self, port: int, most: int = 16) -> None:
        self._port = port
        self._free: asyncio.LifoQueue[Connection | None] = asyncio.LifoQueue()
        for _ in range(most):
            self._free.put_nowait(None)

    async def ask(self, method: str, path: str, token: str, body: Any = None) -> dict[str, Any]:
        """What is answered. Refused."""
        connection = await self._free.get()
        try:
            if connection is None or connection.closed:
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_connection(Connection, "127.0.0.1", self._port)
            answer = await connection.ask(request(method, path, token, body))
        finally:
            self._free.put_nowait(connection)
        _, _, said = answer.partition(b"\r\n\r\n")
        if answer[9:11] != b"20":
            raise Refused(f"{method} {path}: {answer.decode(errors='replace')}")
        found: dict[str, Any] = json.loads(said) if said else {}
        return found
