"""A click that brings a file: multipart/form-data with one part, `file`.

A repeat of it is known by the file's content, not by the body, whose boundary a client chooses
anew each time.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from libs.decider import Refused
from libs.runtime import refusals
from libs.runtime.web.click import Click, click_by, desk_of


@dataclass(frozen=True, slots=True)
class Upload:
    """The click and the file's content."""

    click: Click
    content: bytes


async def _upload(request: Request) -> Upload:
    """Refused: BODY_INVALID where there is no file."""
    click = await click_by(request, desk_of(request).caller(request.headers.get("authorization")))
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            content = await file.read() if isinstance(file, UploadFile) else None
    except (MultiPartException, KeyError, ValueError):
        content = None
    if content is None:
        raise Refused(refusals.BODY_INVALID.on("file"))
    path = f"{request.method} {request.url.path}\n".encode()
    words = blake2b(path + content, key=desk_of(request).words_key).digest()
    return Upload(replace(click, words=words), content)


Uploaded = Annotated[Upload, Depends(_upload)]


def described(what: str) -> dict[str, Any]:
    """The body, for the description of the API."""
    file = {"type": "string", "format": "binary", "description": what}
    schema = {"type": "object", "required": ["file"], "properties": {"file": file}}
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }
