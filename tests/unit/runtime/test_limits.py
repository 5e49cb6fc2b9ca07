"""How much and how slowly a caller may send, and in which letters."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.runtime.web import limits
from tests.unit.runtime.web_of import app, asked

MOST = limits.MOST_BYTES
FILE = {"content-type": "multipart/form-data; boundary=x"}


async def pieces(*sizes: int) -> AsyncIterator[bytes]:
    """A body that comes in pieces, its length not announced."""
    for size in sizes:
        yield b"x" * size


async def post(content: bytes | AsyncIterator[bytes], headers: dict[str, str] | None = None) -> int:
    """The status of an answer to this body."""
    return (
        await asked(lambda client: client.post("/raw", content=content, headers=headers or {}))
    ).status_code


@pytest.mark.parametrize("size", [0, 1, MOST])
async def test_what_is_not_too_large_comes_through(size: int) -> None:
    answer = await asked(lambda client: client.post("/raw", content=b"x" * size))
    assert answer.json() == {"bytes": size}


async def test_one_byte_more_is_refused() -> None:
    answer = await asked(lambda client: client.post("/raw", content=b"x" * (MOST + 1)))
    assert answer.status_code == 413
    assert answer.json()["rule"] == "body-too-large"


async def test_what_is_not_announced_is_counted_as_it_comes() -> None:
    assert await post(pieces(MOST // 2, MOST // 2)) == 200
    assert await post(pieces(MOST // 2, MOST // 2, 1)) == 413


@pytest.mark.parametrize("announced", ["x", "-1", "1e3", str(MOST + 1), "9" * 30, ""])
async def test_a_length_that_cannot_be_is_refused_before_the_body(announced: str) -> None:
    assert await post(b"x", {"content-length": announced}) == 413


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_too_much_is_too_much_whoever_reads_the_body(kind: str) -> None:
    """A body that is parsed before the handler is refused as one that the handler reads."""
    answer = await asked(
        lambda client: client.post(
            "/words", content=pieces(MOST, 1), headers={"content-type": kind}
        )
    )
    assert answer.status_code == 413
    assert answer.json()["rule"] == "body-too-large"


async def test_a_handler_that_waited_in_vain_is_no_matter_of_the_body() -> None:
    answer = await asked(lambda client: client.post("/waiting"))
    assert answer.status_code == 500
    assert answer.json()["rule"] == "failed"


async def test_more_than_was_announced_is_counted() -> None:
    assert await post(pieces(MOST, 1), {"content-length": "5"}) == 413


async def test_files_have_a_limit_of_their_own() -> None:
    assert await post(b"x" * (MOST + 1), FILE) == 200
    assert await post(b"x" * (limits.MOST_BYTES_OF_A_FILE + 1), FILE) == 413


def caller(*messages: Message, then: float) -> Receive:
    """Somebody who sends these, waits so many seconds and leaves."""
    waiting = list(messages)

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await asyncio.sleep(then)
        return {"type": "http.disconnect"}

    return receive


async def status(app: ASGIApp, receive: Receive, length: str | None) -> int:
    """The status of the app's answer to this caller."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    headers = [(b"content-length", length.encode())] if length else []
    scope = {"type": "http", "method": "POST", "path": "/raw", "query_string": b"", "root_path": ""}
    async with asyncio.timeout(10):
        await app({**scope, "headers": headers, "http_version": "1.1"}, receive, send)
    return int(said[0]["status"])


@pytest.mark.parametrize("length", ["10", None])
async def test_a_body_that_does_not_come_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, length: str | None
) -> None:
    """Whether its length was announced or not."""
    monkeypatch.setattr(limits, "SECONDS_FOR_A_BODY", 0.05)
    some: Message = {"type": "http.request", "body": b"x", "more_body": True}
    assert await status(app(), caller(some, then=60), length) == 408


async def test_a_handler_may_wait_for_its_caller_once_the_body_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SECONDS_FOR_A_BODY", 0.05)
    whole: Message = {"type": "http.request", "body": b"x", "more_body": False}

    async def waits(_scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["body"] == b"x"
        assert (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    assert await status(limits.Limits(waits), caller(whole, then=0.1), "1") == 200


@pytest.mark.parametrize("address", ["/raw?kind=a%00b", "/ra%00w", "/raw?%00=1", "/none?a=%00"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_address_with_a_nul_is_refused_whatever_is_there(
    method: str, address: str
) -> None:
    answer = await asked(lambda client: client.request(method, address))
    assert (answer.status_code, answer.json()["rule"]) == (422, "body-invalid")
    assert "NUL" in answer.json()["detail"]


async def test_what_only_looks_like_one_comes_through() -> None:
    answer = await asked(lambda client: client.post("/raw?kind=%2500", content=b"x"))
    assert answer.status_code == 200
