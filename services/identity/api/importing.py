"""导入人员: a unit enters its own people, one by one or by the sheet that we hand out."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.envelope import Actor
from libs.events.roles import for_these
from libs.runtime.documents.sheets import XLSX
from libs.runtime.documents.unpacking import UNREADABLE
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import Click, Clicked
from libs.runtime.web.desk import Desk
from libs.runtime.web.problems import problem
from services.identity import enrolment, sheets, typed
from services.identity.api import enrolling
from services.identity.api.door import Kit
from services.identity.api.enrolling import Enrolled
from services.identity.api.shapes import Email, Mobile, Name, Papers
from services.identity.enrolment import Bad, Entry
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.tools import Tools

router = APIRouter(tags=["import (导入人员)"])

CHUNK = 200


class NewPerson(Papers):
    """One of the unit's people (新增人员)."""

    name: Name
    mobile: Mobile = ""
    email: Email = ""
    department_id: UUID | None = Field(None, description="所属部门")


class Import(BaseModel):
    """What became of a sheet: each row by its number, never by name or number."""

    taken: int
    refused: int = Field(description="未能导入人数")
    rows: list[Enrolled]


@router.get("/people/import/template", response_class=Response, openapi_extra={"x-open": True})
async def template() -> Response:
    """The sheet to be filled in (人员导入模板)."""
    content = await asyncio.to_thread(sheets.template)
    return Response(
        content,
        media_type=XLSX,
        headers=attached("人员导入表.xlsx", "people.xlsx"),
    )


@router.post(
    "/people",
    status_code=201,
    openapi_extra=by(authority.MANAGERS) | {"x-no-version": True},
)
async def enrol(words: NewPerson, click: Clicked, tools: Kit) -> Enrolled:
    """Enter one person of the unit (新增人员), who takes the one-time code."""
    found = typed.details_of(words.kind, words.number, words.name, words.mobile, words.email)
    person_id: UUID = uuid7()
    entry = Entry(0, person_id, words.department_id, tools.vault.personal(person_id, found))
    (result,) = await enrolling.enrol(click, tools, [entry])
    if isinstance(result, Refused):
        raise result
    (shown,) = await enrolling.shown(click.desk, tools, [(0, result)])
    return shown


@router.post(
    "/people/import",
    openapi_extra=by(authority.MANAGERS)
    | {
        "x-no-version": True,
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
        },
    },
)
async def import_people(request: Request, click: Clicked, tools: Kit) -> Import:
    """Enter the people of a filled-in sheet (导入人员). Good rows are taken, bad ones named."""
    actor = click.unversioned().actor
    if actor.role not in authority.MANAGERS:
        raise Refused(for_these(NOT_YOUR_TASK, authority.MANAGERS))
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
        for entry, result in zip(part, await enrolling.enrol(click, tools, part), strict=True):
            if isinstance(result, Refused):
                refused[entry.row] = result.rule
            else:
                taken.append((entry.row, result))
    shown = await enrolling.shown(click.desk, tools, taken)
    bad = [Enrolled(row=row, refused=problem(rule)) for row, rule in refused.items()]
    rows = sorted([*shown, *bad], key=lambda one: one.row)
    return Import(taken=len(shown), refused=len(bad), rows=rows)
