"""A click: who asks, under which key, from which trace; and its way into the batch."""

import asyncio
import hashlib
import re
import time
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import Depends, Request
from fastapi.responses import JSONResponse
from opentelemetry.trace import Span
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.command import Command
from libs.events.envelope import Actor, Envelope
from libs.runtime import refusals
from libs.runtime.log import answers, batch
from libs.runtime.log.answers import Accepted, Asked
from libs.runtime.telemetry import metrics, tracing
from libs.runtime.web.desk import Desk
from libs.runtime.web.limits import FORMS
from libs.runtime.web.problems import ItemRefusal, failure, problem
from libs.runtime.web.spans import begun

log = structlog.get_logger()

_KEY = re.compile(r"^[!-~]{8,128}$")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_AT_A_TIME = 256 * 1024  # bytes of a file
_ETAG = re.compile(r'^"([0-9]{1,18})"$')


class Answer(BaseModel):
    """Done: what the command was about and its new version (also the ETag)."""

    id: UUID
    version: int = Field(description="Position of the last event about it")


class ItemAnswer(BaseModel):
    """One item of a batch: done, or refused by a rule. One refusal harms no other."""

    id: UUID
    version: int | None = None
    refused: ItemRefusal = None


def desk_of(request: Request) -> Desk:
    """What this app's requests work with."""
    found: Desk = request.app.state.desk
    return found


async def _caller(request: Request) -> Actor:
    return desk_of(request).caller(request.headers.get("authorization"))


async def _desk(request: Request) -> Desk:
    return desk_of(request)


Caller = Annotated[Actor, Depends(_caller)]
AtDesk = Annotated[Desk, Depends(_desk)]


@dataclass(frozen=True, slots=True)
class Click:
    """A request that may change something.

    `words` are a keyed digest of path and body: bodies hold passwords and numbers of people, and
    what is stored to know a repeat by must not help to guess them. None: a request without a key
    (login, renewal), which may be done twice.
    """

    desk: Desk
    envelope: Envelope
    words: bytes | None
    span: Span
    began: float

    def about(self, content: bytes) -> "Click":
        """The same, known by this file: the form around it differs each time it is sent."""
        digest = hashlib.blake2b(content, key=self.desk.words_key).digest()
        return replace(self, words=digest)

    async def submit(self, command: Command) -> Accepted:
        """Into the batch, and its answer; a click may have several commands. Refused."""
        service = self.desk.service.name
        outcome = "failed"
        try:
            accepted = await self.desk.submit(self._asked(command))
            outcome = "accepted"
            return accepted
        except Refused as refused:
            outcome = "refused"
            self.span.set_attribute("jixu.rule", refused.rule.code)
            raise
        finally:
            metrics.COMMANDS.labels(service, outcome).inc()
            metrics.COMMAND_SECONDS.labels(service).observe(time.perf_counter() - self.began)
            self.span.set_attribute("jixu.command", type(command).__name__)

    async def repeats(self, command: Command) -> bool:
        """Whether this very request was accepted before: what it changed may forbid it now."""
        asked = self._asked(command)
        async with self.desk.reading() as conn:
            (rows,) = await batch.ask(conn, (), [answers.ask([asked])])
        before = answers.found(rows).get(asked.key)
        return before is not None and before[0] == asked.digest

    def _asked(self, command: Command) -> Asked:
        if self.words is None:
            return Asked(command)
        return Asked.of(command, self.words, self.envelope.key)

    async def answer(self, command: Command, status: int = 200) -> JSONResponse:
        """The HTTP answer to one command, with its ETag."""
        said = (await self.submit(command)).said
        return JSONResponse(said, status, {"ETag": f'"{said["version"]}"'})

    def unversioned(self) -> Envelope:
        """The envelope of what is about no one resource. Refused: IF_MATCH_OF_NOTHING, since
        whoever sends one counts on being protected by it."""
        if self.envelope.expected is not None:
            raise Refused(refusals.IF_MATCH_OF_NOTHING)
        return self.envelope

    def item(self, number: int) -> Envelope:
        """The envelope of one item of a batch: its key is the click's key and its number, so that
        a repeat finds each; what is done under the click's key is one content all the same (see
        `together`). Refused: IF_MATCH_OF_NOTHING."""
        return replace(self.unversioned(), key=f"{self.envelope.key}#{number}")

    async def answer_each(self, commands: Sequence[Command]) -> list[ItemAnswer]:
        """One answer an item. A defect is its own item's problem: the others have been done.
        Refused: KEY_REUSED."""
        outcomes = await together(self.submit(command) for command in commands)
        answers = []
        for command, outcome in zip(commands, outcomes, strict=True):
            if isinstance(outcome, Accepted):
                answers.append(ItemAnswer(id=command.resource, version=outcome.said["version"]))
            elif isinstance(outcome, Refused):
                answers.append(ItemAnswer(id=command.resource, refused=problem(outcome.rule)))
            elif isinstance(outcome, Exception):
                name = type(command).__name__
                log.error("item failed", command=name, exc_info=outcome)
                answers.append(ItemAnswer(id=command.resource, refused=failure()))
            else:  # the process is told to stop
                raise outcome
        return answers


async def together(items: Iterable[Awaitable[Accepted]]) -> list[Accepted | BaseException]:
    """What became of the items of one batch. Refused: KEY_REUSED, which is so of all of them and
    of none alone: under the lock each finds what else was done with the click's key."""
    outcomes = await asyncio.gather(*items, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Refused) and outcome.rule.code == refusals.KEY_REUSED.code:
            raise outcome
    return outcomes


async def click_by(request: Request, actor: Actor) -> Click:
    """The click of this actor. Refused: KEY_MISSING, IF_MATCH_MALFORMED."""
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise Refused(refusals.KEY_MISSING)
    path = f"{request.method} {request.scope['path']}\n".encode()
    words = hashlib.blake2b(path + await _said(request), key=desk_of(request).words_key)
    return _click_of(request, actor, key, words.digest())


async def _said(request: Request) -> bytes:
    """What the request says: its body; of a form its fields and files, whose boundary says
    nothing and differs each time."""
    if not request.headers.get("content-type", "").lower().startswith(_FORMS):
        return await request.body()
    parts = []
    for name, value in (await request.form(**FORMS)).multi_items():
        said = hashlib.sha256()
        if isinstance(value, UploadFile):
            while some := await value.read(_AT_A_TIME):
                said.update(some)
            await value.seek(0)
        else:
            said.update(value.encode())
        parts.append(name.encode() + said.digest())
    return b"".join(parts)


def keyless_click_by(request: Request, actor: Actor) -> Click:
    """The click of this actor where no key is wanted: login and renewal."""
    return _click_of(request, actor, uuid7().hex, None)


def _click_of(request: Request, actor: Actor, key: str, words: bytes | None) -> Click:
    desk, this = desk_of(request), begun(request)
    envelope = Envelope(
        at=desk.clock.now(),
        actor=actor,
        key=key,
        correlation=uuid7(),
        expected=_expected(request.headers.get("if-match")),
        traceparent=tracing.traceparent(this.span),
    )
    return Click(desk, envelope, words, this.span, this.at)


def _expected(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    if not (found := _ETAG.fullmatch(if_match)):
        raise Refused(refusals.IF_MATCH_MALFORMED)
    return int(found[1])


async def _click(request: Request) -> Click:
    return await click_by(request, desk_of(request).caller(request.headers.get("authorization")))


Clicked = Annotated[Click, Depends(_click)]
