"""A request's head that never ends, or ends too late, keeps nobody's connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
import uvicorn

from libs.runtime.web import heads
from libs.runtime.web.heads import Heads
from tests.component.lab import until

GET = b"GET / HTTP/1.1\r\nhost: here\r\n"


async def _says_hello(scope: Any, _receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    length = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": b"hello"})


def _started(server: uvicorn.Server) -> Callable[[], Awaitable[bool]]:
    async def started() -> bool:
        return server.started

    return started


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server that waits for a head for a third of a second."""
    monkeypatch.setattr(heads, "SECONDS_FOR_A_HEAD", 0.3)
    config = uvicorn.Config(
        _says_hello, port=0, http=Heads, lifespan="off", log_config=None, loop="none"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(_started(server))
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def said(port: int, *parts: bytes, between: float = 0.0) -> bytes:
    """Everything that the server says until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(between)
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("begun", [(), (b"G",), (GET,), (GET, b"x: 1\r\n", b"y: 2\r\n")], ids=len)
async def test_who_never_ends_a_head_is_hung_up_on(port: int, begun: tuple[bytes, ...]) -> None:
    assert (await said(port, *begun, between=0.1)).startswith(b"HTTP/1.1 408 ")


async def test_a_head_beyond_its_size_is_refused(port: int) -> None:
    line = b"x: " + b"y" * 1000 + b"\r\n"
    assert (await said(port, GET, line * 100)).startswith(b"HTTP/1.1 431 ")
    long = b"GET /" + b"a" * heads.MOST_BYTES_OF_A_HEAD + b" HTTP/1.1\r\n\r\n"
    assert (await said(port, long)).startswith(b"HTTP/1.1 431 ")


async def test_a_line_that_never_ends_is_not_kept(port: int) -> None:
    """Hung up on in the middle of it, long before its time is over."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GET + b"x: ")
    poured = 0
    with suppress(ConnectionError):
        while poured < 100 * heads.MOST_BYTES_OF_A_HEAD:
            writer.write(b"y" * 9000)
            await writer.drain()
            await asyncio.sleep(0.001)
            poured += 9000
    writer.close()
    assert poured < 10 * heads.MOST_BYTES_OF_A_HEAD


async def test_one_after_the_other_have_their_time_each(port: int) -> None:
    whole = GET + b"\r\n"
    answers = await said(port, whole, whole, whole, GET, between=0.2)
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.count(b"HTTP/1.1 408 ") == 1
