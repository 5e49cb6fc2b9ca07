"""导入人员: a unit enters its own people, one by one or by the sheet that we hand out."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.envelope import Actor
from libs.events.identity import Way
from libs.runtime.answers import Accepted
from libs.runtime.unpacking import UNREADABLE
from libs.runtime.web.click import Click, Clicked
from libs.runtime.web.desk import Desk
from libs.runtime.web.problems import problem
from services.identity import enrolment, sheets, typed
from services.identity.api.door import Kit
from services.identity.api.people import PERSON_CODE_LASTS
from services.identity.api.shapes import Email, Mobile, Name, Papers
from services.identity.calendar import day_in_china
from services.identity.commands import EnrolPerson
from services.identity.enrolment import Bad, Entry
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.tools import Tools

router = APIRouter(tags=["import (导入人员)"])

CHUNK = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NewPerson(Papers):
    """One of the unit's people (新增人员)."""

    name: Name
    mobile: Mobile = ""
    email: Email = ""
    department_id: UUID | None = Field(None, description="所属部门")


class Enrolled(BaseModel):
    """A row's result: the person with the one-time code, or the reason why not."""

    row: int = Field(description="The row of the sheet; 0 where there is none")
    person_id: UUID | None = None
    activation_code: str | None = Field(None, description="激活码, while it is unused")
    refused: dict[str, Any] | None = Field(None, description="The refusal, as problem details")


class Import(BaseModel):
    """What became of a sheet: each row by its number, never by name or number."""

    taken: int
    refused: int
    rows: list[Enrolled]


@router.get("/people/import/template", response_class=Response)
async def template() -> Response:
    """The sheet to be filled in (人员导入模板)."""
    content = await asyncio.to_thread(sheets.template)
    return Response(
        content,
        media_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="people.xlsx"'},
    )


@router.post("/people", status_code=201)
async def enrol(words: NewPerson, click: Clicked, tools: Kit) -> Enrolled:
    """Enter one person of the unit (新增人员), who takes the one-time code."""
    found = typed.details_of(words.kind, words.number, words.name, words.mobile, words.email)
    person_id: UUID = uuid7()
    entry = Entry(0, person_id, words.department_id, tools.vault.personal(person_id, found))
    (result,) = await _enrol(click, tools, [entry])
    if isinstance(result, Refused):
        raise result
    (shown,) = await _shown(click.desk, tools, [(0, result)])
    return shown


@router.post(
    "/people/import",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": {"type": "string", "format": "binary"}},
                    }
                }
            },
        }
    },
)
async def import_people(request: Request, click: Clicked, tools: Kit) -> Import:
    """Enter the people of a filled-in sheet (导入人员). Good rows are taken, bad ones named."""
    actor = click.envelope.actor
    if actor.role not in authority.MANAGERS:
        raise Refused(NOT_YOUR_TASK)
    content = await _file(request)
    rows = await asyncio.to_thread(sheets.read, content)
    departments = await _departments(click.desk, actor)
    found: list[Entry | Bad] = []
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        found += await asyncio.to_thread(enrolment.sealed, part, departments, tools.vault)
    return await _taken(click.about(content), tools, enrolment.without_doubles(found))


async def _file(request: Request) -> bytes:
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refused(UNREADABLE)
        return await file.read(sheets.MOST_BYTES + 1)


async def _departments(desk: Desk, actor: Actor) -> dict[str, UUID]:
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT name, department_id FROM departments WHERE unit_id = %s AND NOT closed",
            (actor.unit_id,),
        )
        return dict(await rows.fetchall())


async def _taken(click: Click, tools: Tools, found: Sequence[Entry | Bad]) -> Import:
    """Chunk by chunk, each into the batch at once; one bad row harms no other."""
    refused = {bad.row: bad.rule for bad in found if isinstance(bad, Bad)}
    taken: list[tuple[int, UUID]] = []
    entries = [entry for entry in found if isinstance(entry, Entry)]
    for start in range(0, len(entries), CHUNK):
        part = entries[start : start + CHUNK]
        for entry, result in zip(part, await _enrol(click, tools, part), strict=True):
            if isinstance(result, Refused):
                refused[entry.row] = result.rule
            else:
                taken.append((entry.row, result))
    shown = await _shown(click.desk, tools, taken)
    bad = [Enrolled(row=row, refused=problem(rule)) for row, rule in refused.items()]
    rows = sorted([*shown, *bad], key=lambda one: one.row)
    return Import(taken=len(shown), refused=len(bad), rows=rows)


async def _enrol(click: Click, tools: Tools, entries: Sequence[Entry]) -> list[UUID | Refused]:
    """The person of each entry, or why not."""
    unit_id = click.envelope.actor.unit_id
    if unit_id is None:
        raise Refused(NOT_YOUR_TASK)
    known = await _known(click.desk, [entry.personal.digest for entry in entries])
    entries = [_as(known.get(entry.personal.digest), entry, tools) for entry in entries]
    commands = [
        EnrolPerson(
            envelope=click.item(entry.row),
            person_id=entry.person_id,
            unit_id=unit_id,
            department_id=entry.department_id,
            effective=day_in_china(click.envelope.at),
            personal=entry.personal,
            activation_id=uuid7(),
            until=click.envelope.at + PERSON_CODE_LASTS,
        )
        for entry in entries
    ]
    outcomes = await asyncio.gather(*(_one(click, c) for c in commands), return_exceptions=True)
    results: list[UUID | Refused] = []
    for outcome in outcomes:
        if isinstance(outcome, Accepted):
            results.append(UUID(outcome.said["id"]))
        elif isinstance(outcome, Refused):
            results.append(outcome)
        else:
            raise outcome
    return results


def _as(person_id: UUID | None, entry: Entry, tools: Tools) -> Entry:
    """The entry of somebody who is known already, sealed for that person."""
    if person_id is None:
        return entry
    details = tools.vault.open(entry.person_id, entry.personal.sealed)
    return replace(entry, person_id=person_id, personal=tools.vault.personal(person_id, details))


async def _one(click: Click, command: EnrolPerson) -> Accepted:
    """Two sheets at once with one number: the second is judged again, by what is there."""
    try:
        return await click.take(command)
    except psycopg.errors.UniqueViolation:
        return await click.take(command)


async def _known(desk: Desk, digests: Sequence[str]) -> dict[str, UUID]:
    """People with these numbers who belong to no unit (the three administrators)."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT digest, person_id FROM vault v WHERE digest = ANY(%s) "
            "AND NOT EXISTS (SELECT FROM people p WHERE p.person_id = v.person_id)",
            (list(digests),),
        )
        return dict(await rows.fetchall())


async def _shown(desk: Desk, tools: Tools, taken: Sequence[tuple[int, UUID]]) -> list[Enrolled]:
    """With the codes that wait to be used."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT account_id, activation_id FROM activations "
            "WHERE account_id = ANY(%s) AND way = %s",
            ([person_id for _row, person_id in taken], Way.HANDED.value),
        )
        waiting = dict(await rows.fetchall())
    return [
        Enrolled(
            row=row,
            person_id=person_id,
            activation_code=tools.codes.of(waiting[person_id], Way.HANDED)
            if person_id in waiting
            else None,
        )
        for row, person_id in taken
    ]
