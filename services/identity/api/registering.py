"""个人注册: a person joins alone, before any login; and the units to choose from."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.events.documents import digest_of
from libs.policy import china_day
from libs.runtime.reading import containing
from libs.runtime.web.click import Answer, AtDesk, click_by
from services.identity import passwords, typed
from services.identity.api import door
from services.identity.api.door import Kit
from services.identity.api.shapes import (
    Email,
    Mobile,
    Name,
    Papers,
    Password,
)
from services.identity.commands import RegisterOneself

router = APIRouter(tags=["registration (个人注册)"])

_MOST_UNITS = 20


class Registration(Papers):
    """Who registers, and with which unit."""

    name: Name
    mobile: Mobile
    email: Email = ""
    unit_id: UUID = Field(description="所在单位: see `GET /units/open`")
    department_id: UUID | None = Field(None, description="所属部门")
    password: Password


class OpenUnit(BaseModel):
    """A unit that people may register with."""

    unit_id: UUID
    name: str = Field(description="单位名称")
    city: str
    county: str


@router.post(
    "/registrations",
    status_code=201,
    response_model=Answer,
    openapi_extra={"x-open": True},
)
async def register_oneself(words: Registration, request: Request, tools: Kit) -> JSONResponse:
    """Register alone (个人注册). The unit has yet to confirm (确认所属单位). That a number is
    registered, or with another name, is told: see 平台约定 第五条."""
    found = typed.details_of(words.kind, words.number, words.name, words.mobile, words.email)
    passwords.check(words.password, found)
    click = await click_by(request, door.stranger(digest_of(found.document, tools.vault.match_key)))
    person_id = uuid7()
    command = RegisterOneself(
        envelope=click.envelope,
        person_id=person_id,
        unit_id=words.unit_id,
        department_id=words.department_id,
        effective=china_day(click.envelope.at),
        personal=tools.vault.personal(person_id, found),
        password_hash=await tools.passwords.hash(words.password),
    )
    return await door.answer(click, command, 201)


@router.get("/units/open", openapi_extra={"x-open": True})
async def open_units(
    desk: AtDesk,
    name: Annotated[str, Query(min_length=2, max_length=100, description="单位名称的一部分")],
) -> list[OpenUnit]:
    """The units whose name has this in it, at most 20 (单位查询), for who is registering."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT unit_id, name, city, county FROM units WHERE name LIKE %s "
            "ORDER BY length(name), pinyin, unit_id LIMIT %s",
            (containing(name), _MOST_UNITS),
        )
        return [
            OpenUnit(unit_id=unit_id, name=name, city=city, county=county)
            for unit_id, name, city, county in await rows.fetchall()
        ]
