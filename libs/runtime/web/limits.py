"""What a caller may send at all: bodies have a size and a time, addresses hold no NUL."""

import asyncio
from typing import Annotated, TypedDict, TypeVar

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.runtime import refusals
from libs.runtime.web.problems import TOO_LARGE, TOO_SLOW, answer

MOST_BYTES = 256 * 1024
MOST_BYTES_OF_A_FILE = 20 * 1024 * 1024
SECONDS_FOR_A_BODY = 30.0
MOST_AT_ONCE = 200
_NUL = refusals.BODY_INVALID.because("地址中含有空字符（NUL）")

T = TypeVar("T")
Several = Annotated[
    list[T],
    Field(
        min_length=1,
        max_length=MOST_AT_ONCE,
        description=f"批量: at most {MOST_AT_ONCE} at once, one answer each",
    ),
]
"""What a batch is about, in a request's body."""


class FormLimits(TypedDict, total=False):
    """How many parts a form may have; a field's size in bytes. Of a file only the body's counts."""

    max_files: int
    max_fields: int
    max_part_size: int


FORMS = FormLimits(max_files=1, max_fields=8, max_part_size=MOST_BYTES)


class Limits:
    """Refuses bodies that are too large, by what is announced and by what comes; and an address
    with a NUL, which no text in the database can hold."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await answer(_NUL)(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        is_file = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        most = MOST_BYTES_OF_A_FILE if is_file else MOST_BYTES
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await answer(refusals.BODY_TOO_LARGE)(scope, receive, send)
            return
        came, more = 0, True
        deadline = asyncio.get_running_loop().time() + SECONDS_FOR_A_BODY

        async def counted() -> Message:
            nonlocal came, more
            # an HTTPException: whoever reads the body below passes on no other error as it is
            try:
                async with asyncio.timeout_at(deadline if more else None):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(TOO_SLOW) from None
            more = message.get("more_body", False)
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(TOO_LARGE)
            return message

        await self._app(scope, counted, send)
