"""The HTTP API of policy."""

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.text import Text
from libs.events.values import Digest
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Clicked
from libs.runtime.web.forms import Form
from services.policy.commands import ApprovePack, ExtendWindow, ProposePack
from services.policy.rules import NO_SUCH_PACK, THE_PROVINCE

router = APIRouter(tags=["packs 政策"])

Name = Annotated[str, Path(pattern="^[a-z][a-z0-9-]{1,39}$", description="政策编号: gx-2024")]


class Proposal(Form):
    """提交政策草案."""

    content: dict[str, Any] = Field(description="政策内容: the whole pack")


class Approval(Form):
    """批准发布."""

    digest: Digest = Field(description="内容摘要, of the content that was read")


class Extension(Form):
    """延长时限."""

    window: str = Field(examples=["hours.audit"], max_length=40)
    until: date = Field(description="截止日期: the last day, in China's calendar")
    unit_id: UUID | None = Field(None, description="单位编号; none: for everybody")
    reason: Annotated[Text, StringConstraints(max_length=500)]


class PackItem(BaseModel):
    """A pack: what is published, and what waits for approval."""

    pack: str = Field(description="政策编号")
    version: int | None
    jurisdiction: str | None = Field(description="政策辖区")
    year: int | None
    digest: str | None
    waiting: list[str] = Field(description="待批准的草案: their digests")


class Extended(BaseModel):
    """A window that ends later (延长的时限), and why."""

    window: str
    until: date
    unit_id: UUID | None = Field(description="单位编号; none: for everybody")
    reason: str


@router.post(
    "/packs/{name}/proposals",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(THE_PROVINCE),
)
async def propose(name: Name, form: Proposal, click: Clicked) -> JSONResponse:
    """Propose a version of a pack (提交政策草案); a second person publishes it."""
    content = json.dumps(form.content, ensure_ascii=False)
    return await click.answer(ProposePack(envelope=click.envelope, pack=name, content=content), 201)


@router.post("/packs/{name}/approval", response_model=Answer, openapi_extra=by(THE_PROVINCE))
async def approve(name: Name, form: Approval, click: Clicked) -> JSONResponse:
    """Publish what another person has proposed (批准发布)."""
    return await click.answer(ApprovePack(envelope=click.envelope, pack=name, digest=form.digest))


@router.post(
    "/packs/{name}/extensions",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(THE_PROVINCE),
)
async def extend(name: Name, form: Extension, click: Clicked) -> JSONResponse:
    """Extend a window of a pack, with a reason (延长时限)."""
    words = form.model_dump()
    command = ExtendWindow(envelope=click.envelope, pack=name, reason_id=uuid7(), **words)
    return await click.answer(command, 201)


@router.get("/packs", openapi_extra={"x-open": True})
async def packs(desk: AtDesk) -> list[PackItem]:
    """The packs (政策), for everybody."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT pack, version, jurisdiction, year, digest, waiting FROM published ORDER BY 1"
        )
        found = await rows.fetchall()
    return [
        PackItem(
            pack=pack,
            version=version,
            jurisdiction=jurisdiction,
            year=year,
            digest=digest,
            waiting=json.loads(waiting),
        )
        for pack, version, jurisdiction, year, digest, waiting in found
    ]


@router.get("/packs/{name}/extensions", openapi_extra={"x-open": True})
async def extensions(name: Name, desk: AtDesk) -> list[Extended]:
    """The windows of a pack that end later (延长的时限), for everybody."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT window_name, until, unit_key, text FROM extensions "
            "JOIN reasons USING (reason_id) WHERE pack = %s ORDER BY 1, 3",
            (name,),
        )
        found = await rows.fetchall()
    return [
        Extended(window=window, until=until, unit_id=UUID(unit) if unit else None, reason=reason)
        for window, until, unit, reason in found
    ]


@router.get("/packs/{name}", openapi_extra={"x-open": True})
async def pack(name: Name, desk: AtDesk, response: Response) -> dict[str, Any]:
    """The published version (政策包内容), for everybody: every figure with its document.

    The ETag is the version of everything about the pack, proposals and extensions too.
    """
    async with desk.reading() as conn:
        rows = await conn.execute("SELECT content, etag FROM published WHERE pack = %s", (name,))
        found = await rows.fetchone()
    if found is None or found[0] is None:
        raise Refused(NO_SUCH_PACK)
    response.headers["ETag"] = f'"{found[1]}"'
    content: dict[str, Any] = json.loads(found[0])
    return content
