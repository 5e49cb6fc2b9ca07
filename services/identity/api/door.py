"""How requests come in: identity's tools, and who asks before anybody has logged in."""

from typing import Annotated
from uuid import UUID

import psycopg
from fastapi import Depends, Request
from fastapi.responses import JSONResponse

from libs.events.command import Command
from libs.events.envelope import Actor, Role
from libs.events.values import Digest
from libs.runtime.log.answers import Accepted
from libs.runtime.web.click import Click, desk_of
from services.identity.tools import Tools


async def _tools(request: Request) -> Tools:
    found: Tools = desk_of(request).part("tools")
    return found


Kit = Annotated[Tools, Depends(_tools)]


def stranger(digest: Digest) -> Actor:
    """Who acts before login: the keyed digest of the number (or of the unit's code)."""
    return Actor(UUID(digest[:32]), Role.LEARNER)


async def submit(click: Click, command: Command) -> Accepted:
    """The answer. Two at once with one number: the second is judged again, by what is there."""
    try:
        return await click.submit(command)
    except psycopg.errors.UniqueViolation:
        return await click.submit(command)


async def answer(click: Click, command: Command, status: int = 200) -> JSONResponse:
    """The same as an HTTP answer with its ETag."""
    said = (await submit(click, command)).said
    return JSONResponse(said, status, {"ETag": f'"{said["version"]}"'})
