"""参训学员名单: hand out the template, read what comes back, keep it apart until confirmed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from psycopg import AsyncConnection
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused, refusals
from libs.events.documents import same_name
from libs.events.filing import RosterRow
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.upload import Uploaded, described
from services.filing import private, queries
from services.filing.api.desk import FILING, FilingId, WithKeys, WithLimits
from services.filing.commands import BadRow, ImportRoster, PrepareRoster
from services.filing.sheets.reading import OTHER_NAME, TWICE, Line, read_roster
from services.filing.sheets.template import template
from services.filing.sheets.unpacking import TOO_MUCH

router = APIRouter(tags=["rosters 参训学员名单"])

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@router.get("/roster-template", response_class=Response)
async def roster_template(caller: Caller, limits: WithLimits) -> Response:
    """The Excel template (下载导入模板); every cell of it is text, so that no digit is lost."""
    del caller
    made = await asyncio.to_thread(template, limits.roster_rows)
    headers = {"Content-Disposition": 'attachment; filename="roster-template.xlsx"'}
    return Response(made, media_type=EXCEL, headers=headers)


@router.post(
    f"{FILING}/rosters",
    status_code=201,
    response_model=Pending,
    openapi_extra=described("The filled-in template (.xlsx)"),
)
async def prepare(
    filing_id: FilingId, upload: Uploaded, desk: AtDesk, keys: WithKeys, limits: WithLimits
) -> JSONResponse:
    """Read a roster (导入报名信息). Bad rows are listed, good ones kept apart until confirmed."""
    if len(upload.content) > limits.roster_bytes:
        raise Refused(TOO_MUCH)
    actor = upload.click.envelope.actor
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, actor, filing_id)
    if filing["unit_id"] != actor.unit_id:
        raise Refused(refusals.ROLE_NOT_ALLOWED)
    found = await asyncio.to_thread(
        read_roster, upload.content, keys.numbers, limits.sheet_bytes, limits.roster_rows
    )
    async with desk.reading() as conn:
        good, others = await _matched(conn, found.lines)
    bad = sorted([*found.bad, *others], key=lambda row: row.row)
    command = PrepareRoster(
        envelope=replace(upload.click.envelope, expected=None),
        filing_id=filing_id,
        roster_id=uuid7(),
        good=tuple(good),
        bad=tuple(bad),
    )
    said = (await upload.click.submit(command)).said
    return JSONResponse(Pending.of(UUID(said["id"]), good, bad).model_dump(mode="json"), 201)


async def _matched(
    conn: AsyncConnection, lines: Sequence[Line]
) -> tuple[list[RosterRow], list[BadRow]]:
    """Who is registered, by number and name. Who is not yet, is known by the number's digest."""
    query = "SELECT digest, person_id, name FROM directory WHERE digest = ANY(%s)"
    rows = await queries.select(conn, query, [[line.digest for line in lines]])
    known = {row["digest"]: row for row in rows}
    good: list[RosterRow] = []
    bad: list[BadRow] = []
    for line in lines:
        person = known.get(line.digest)
        if person is None:
            good.append(RosterRow(row=line.row, number_digest=line.digest))
        elif same_name(person["name"], line.name):
            good.append(RosterRow(row=line.row, person_id=person["person_id"]))
        else:
            bad.append(BadRow(row=line.row, reason=OTHER_NAME))
    return _each_once(good, bad)


def _each_once(
    rows: Sequence[RosterRow], bad: list[BadRow]
) -> tuple[list[RosterRow], list[BadRow]]:
    """A person with two documents stands on a roster once."""
    first: dict[UUID, int] = {}
    good: list[RosterRow] = []
    for row in rows:
        if row.person_id in first:
            bad.append(BadRow(row=row.row, reason=TWICE.format(row=first[row.person_id])))
            continue
        if row.person_id is not None:
            first[row.person_id] = row.row
        good.append(row)
    return good, bad


@router.get(f"{FILING}/rosters/{{roster_id}}")
async def pending(filing_id: FilingId, roster_id: UUID, desk: AtDesk, caller: Caller) -> Pending:
    """The roster that waits to be confirmed, again."""
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, caller, filing_id)
        found = await _pending(conn, filing_id, roster_id)
    if found is None or filing["unit_id"] != caller.unit_id:
        raise Refused(refusals.NOT_FOUND)
    return Pending.of(roster_id, *found)


@router.post(f"{FILING}/rosters/{{roster_id}}/confirmation", response_model=Answer)
async def confirm(
    filing_id: FilingId, roster_id: UUID, click: Clicked, desk: AtDesk, limits: WithLimits
) -> JSONResponse:
    """Import the good rows (确定导入). They replace the roster that stood before as a whole."""
    async with desk.reading() as conn:
        found = await _pending(conn, filing_id, roster_id)
    chunks: tuple[tuple[RosterRow, ...], ...] = ()
    if found is not None:
        good, size = found[0], limits.chunk_rows
        starts = range(0, max(len(good), 1), size)
        chunks = tuple(tuple(good[start : start + size]) for start in starts)
    command = ImportRoster(
        envelope=click.envelope, filing_id=filing_id, roster_id=roster_id, chunks=chunks
    )
    return await click.answer(command)


async def _pending(
    conn: AsyncConnection, filing_id: UUID, roster_id: UUID
) -> tuple[list[RosterRow], list[BadRow]] | None:
    query = "SELECT good, bad FROM pending_rosters WHERE filing_id = %s AND roster_id = %s"
    found = await queries.select(conn, query, [filing_id, roster_id])
    return private.pending_of(found[0]) if found else None
