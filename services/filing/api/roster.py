"""参训学员名单: hand out the template, read what comes back, keep it apart until confirmed."""

import asyncio
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import JSONResponse, Response
from psycopg import AsyncConnection
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused, refusals
from libs.events.documents import same_name
from libs.events.filing import RosterRow
from libs.events.roles import EVERYBODY
from libs.runtime.documents.sheets import MOST_BYTES, XLSX
from libs.runtime.reading import select
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from services.filing import private, queries
from services.filing.api.desk import FILING, FilingId, WithKeys, WithLimits
from services.filing.commands import BadRow, ImportRoster, PrepareRoster
from services.filing.rules.actors import OF_THE_BASE
from services.filing.sheets import OTHER_NAME, TWICE, Line, Read, read_roster, sheet

router = APIRouter(tags=["rosters 参训学员名单"])

CHUNK = 1000  # rows in one event


class Pending(BaseModel):
    """A roster that waits to be confirmed: what would be imported, and what can't be."""

    roster_id: UUID
    good: int = Field(description="Rows that will be imported")
    registered: int = Field(description="Of these, people who are registered; the others wait")
    bad: list[BadRow] = Field(description="Row numbers of the sheet, each with its reason")

    @classmethod
    def of(cls, roster_id: UUID, good: Sequence[RosterRow], bad: Sequence[BadRow]) -> "Pending":
        """Counted."""
        registered = sum(row.person_id is not None for row in good)
        return cls(roster_id=roster_id, good=len(good), registered=registered, bad=list(bad))


@router.get("/roster-template", response_class=Response, openapi_extra=by(EVERYBODY))
async def roster_template(caller: Caller, limits: WithLimits) -> Response:
    """The Excel template (下载导入模板); every cell of it is text, so that no digit is lost."""
    del caller
    made = await asyncio.to_thread(sheet(limits.roster_rows).template)
    headers = attached("参训学员名单导入表.xlsx", "roster-template.xlsx")
    return Response(made, media_type=XLSX, headers=headers)


@router.post(
    f"{FILING}/rosters",
    status_code=201,
    response_model=Pending,
    openapi_extra=by(OF_THE_BASE) | {"x-no-version": True},
)
async def prepare(
    filing_id: FilingId,
    file: Annotated[UploadFile, File(description="名单: the filled-in template (.xlsx)")],
    click: Clicked,
    desk: AtDesk,
    keys: WithKeys,
    limits: WithLimits,
) -> JSONResponse:
    """Read a roster (导入报名信息). Bad rows are listed, good ones kept apart until confirmed."""
    envelope = click.unversioned()
    async with desk.reading() as conn:
        await queries.own_filing_of(conn, envelope.actor, filing_id)
    content = await file.read(MOST_BYTES + 1)
    found = await asyncio.to_thread(_read, content, keys.numbers, limits.roster_rows)
    async with desk.reading() as conn:
        good, others = await _matched(conn, found.lines)
    bad = sorted([*found.bad, *others], key=lambda row: row.row)
    command = PrepareRoster(
        envelope=envelope,
        filing_id=filing_id,
        roster_id=uuid7(),
        good=tuple(good),
        bad=tuple(bad),
    )
    said = (await click.submit(command)).said
    return JSONResponse(Pending.of(UUID(said["id"]), good, bad).model_dump(mode="json"), 201)


def _read(content: bytes, key: bytes, most_rows: int) -> Read:
    return read_roster(sheet(most_rows).read(content), key)


async def _matched(
    conn: AsyncConnection, lines: Sequence[Line]
) -> tuple[list[RosterRow], list[BadRow]]:
    """Who is registered, by number and name; who is not yet, is known by the number's digest.

    Everybody once: also a person whose number stands there twice, or with another's name first.
    """
    query = "SELECT digest, person_id, name FROM directory WHERE digest = ANY(%s)"
    rows = await select(conn, query, [[line.digest for line in lines]])
    known = {row["digest"]: row for row in rows}
    good: dict[UUID | str, RosterRow] = {}
    bad: list[BadRow] = []
    for line in lines:
        person = known.get(line.digest)
        if person is not None and not same_name(person["name"], line.name):
            bad.append(BadRow(row=line.row, reason=OTHER_NAME))
            continue
        who: UUID | str = person["person_id"] if person else line.digest
        if who in good:
            bad.append(BadRow(row=line.row, reason=TWICE.format(row=good[who].row)))
        elif person is None:
            good[who] = RosterRow(row=line.row, number_digest=line.digest)
        else:
            good[who] = RosterRow(row=line.row, person_id=person["person_id"])
    return list(good.values()), bad


@router.get(f"{FILING}/rosters/{{roster_id}}", openapi_extra=by(OF_THE_BASE))
async def pending(filing_id: FilingId, roster_id: UUID, desk: AtDesk, caller: Caller) -> Pending:
    """The roster that waits to be confirmed (待确认名单), again."""
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, caller, filing_id)
        found = await _pending(conn, filing_id, roster_id)
    if found is None or filing["unit_id"] != caller.unit_id:
        raise Refused(refusals.NOT_FOUND)
    return Pending.of(roster_id, *found)


@router.post(
    f"{FILING}/rosters/{{roster_id}}/confirmation",
    response_model=Answer,
    openapi_extra=by(OF_THE_BASE),
)
async def confirm(
    filing_id: FilingId, roster_id: UUID, click: Clicked, desk: AtDesk
) -> JSONResponse:
    """Import the good rows (确定导入). They replace the roster that stood before as a whole."""
    async with desk.reading() as conn:
        found = await _pending(conn, filing_id, roster_id)
    chunks: tuple[tuple[RosterRow, ...], ...] = ()
    if found is not None:
        good = found[0]
        starts = range(0, max(len(good), 1), CHUNK)
        chunks = tuple(tuple(good[start : start + CHUNK]) for start in starts)
    command = ImportRoster(
        envelope=click.envelope, filing_id=filing_id, roster_id=roster_id, chunks=chunks
    )
    return await click.answer(command)


async def _pending(
    conn: AsyncConnection, filing_id: UUID, roster_id: UUID
) -> tuple[list[RosterRow], list[BadRow]] | None:
    query = "SELECT good, bad FROM pending_rosters WHERE filing_id = %s AND roster_id = %s"
    found = await select(conn, query, [filing_id, roster_id])
    return private.pending_of(found[0]) if found else None
