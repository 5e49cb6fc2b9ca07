"""The load: connections that claim, submit and have passed, one command after the other.

A process of its own: `python -m tests.bench.generator PLAN`. The plan is JSON: port, connections,
seconds, people with their tokens, the admin's token. Prints JSON: commands, errors, latencies.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import uvloop

ACTIVITY = {
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
}


def request(method: str, path: str, token: str, body: Any) -> bytes:
    """One request, as a browser's client would send it."""
    content = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Idempotency-Key: {uuid4().hex}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class Connection(asyncio.Protocol):
    """One keep-alive connection, one request at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._waiting: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Collect until the answer is whole."""
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self._buffer.find(b"content-length: ") + 16
        size = int(self._buffer[at : self._buffer.find(b"\r\n", at)])
        if len(self._buffer) >= head + 4 + size and self._waiting is not None:
            answer, self._buffer = bytes(self._buffer), bytearray()
            self._waiting.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server has gone."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError())

    @property
    def closed(self) -> bool:
        """Whether the server has gone, or has let an idle connection go."""
        return self._transport is None or self._transport.is_closing()

    async def ask(self, sent: bytes) -> bytes:
        """The answer to one request."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(sent)
        return await self._waiting


class Load:
    """What all connections have done."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.latencies: list[float] = []
        self.errors = 0
        self._answers: dict[int, bytes] = {}  # the last answer, a connection each
        self.ends = 0.0
        self.pace = plan.get("offered", 0) / plan["connections"]

    async def run(self) -> None:
        """All connections until the time is over."""
        count = self.plan["connections"]
        self.ends = time.perf_counter() + self.plan["seconds"]
        people = [self.plan["people"][n::count] for n in range(count)]
        await asyncio.gather(*(self._connection(n, mine) for n, mine in enumerate(people)))

    async def _connection(self, number: int, people: list[dict[str, str]]) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, "127.0.0.1", self.plan["port"])
        due = time.perf_counter()
        if self.pace:  # connections don't click all at once
            due += number / self.plan["offered"]
        for sent in self._steps(people):
            if self.pace:
                due += 1 / self.pace
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            began = due if self.pace else time.perf_counter()
            answer = await connection.ask(sent)
            now = time.perf_counter()
            self.latencies.append(now - began)
            if answer[9:11] != b"20":
                self.errors += 1
                if self.errors == 1:
                    sys.stderr.write(answer.decode(errors="replace") + "\n")
            self._answers[id(people)] = answer
            if now > self.ends:
                return

    def _steps(self, people: list[dict[str, str]]) -> Iterator[bytes]:
        admin, root = self.plan["admin"], self.plan.get("root", "")
        for person in cycle(people):
            for _ in range(self.plan.get("claims", 4)):
                path = f"{root}/people/{person['id']}/2024/claims"
                yield request("POST", path, person["token"], ACTIVITY)
                claim = f"{path}/{self._id(people)}"
                yield request("POST", f"{claim}/submission", person["token"], {})
                yield request("POST", f"{claim}/audit", admin, {"passed": True, "distinct": True})

    def _id(self, people: list[dict[str, str]]) -> str:
        answer = self._answers[id(people)]
        at = answer.find(b'"id":"') + 6
        return answer[at : at + 36].decode()


def main() -> None:
    """Run the plan."""
    load = Load(json.loads(Path(sys.argv[1]).read_text()))
    uvloop.run(load.run())
    latencies = sorted(load.latencies)
    found = {
        "commands": len(latencies),
        "errors": load.errors,
        "p50": latencies[len(latencies) // 2],
        "p99": latencies[len(latencies) * 99 // 100],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
