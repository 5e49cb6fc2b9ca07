"""导入学员培训信息: a unit's admin registers hours of many people by one sheet."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused, Rule
from libs.decider.refusals import ROLE_NOT_ALLOWED
from libs.events.hours import RegisteredBy
from libs.events.roles import for_these
from libs.events.scope import people_of
from libs.policy import NO_PACK
from libs.policy.recognition import Recognition
from libs.runtime.documents import sheets
from libs.runtime.following import laws
from libs.runtime.reading import select
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Click, Clicked, desk_of
from libs.runtime.web.desk import Desk
from libs.runtime.web.forms import Year
from libs.runtime.web.problems import ItemRefusal, problem
from services.hours import queries
from services.hours.api.claiming import text_key
from services.hours.commands import ClaimHours
from services.hours.rules.actors import ADMINS
from services.hours.sheets.columns import sheet
from services.hours.sheets.rows import Bad, Known, Registration, digests, registrations

router = APIRouter(tags=["sheets 批量登记"])


class RowResult(BaseModel):
    """What became of a row, by its number in the sheet."""

    row: int
    claim_id: UUID | None = None
    refused: ItemRefusal = None


class ImportResult(BaseModel):
    """导入结果: good rows are registered, bad rows are named with their reason."""

    registered: int = Field(description="已登记条数")
    refused: int = Field(description="未能登记条数")
    rows: list[RowResult]


async def _match_key(request: Request) -> bytes:
    key: bytes = desk_of(request).part("match_key")
    return key


MatchKey = Annotated[bytes, Depends(_match_key)]


@router.get("/sheets/{year}/claims.xlsx", response_class=Response, openapi_extra={"x-open": True})
async def template(year: Year, desk: AtDesk) -> Response:
    """The sheet to be filled in (下载导入模板)."""
    content = await asyncio.to_thread(sheet(await _kinds(desk, year)).template)
    named = attached(f"{year}年度专业科目学时导入表.xlsx", f"claims-{year}.xlsx")
    return Response(content, media_type=sheets.XLSX, headers=named)


@router.post("/sheets/{year}/claims", openapi_extra=by(ADMINS) | {"x-no-version": True})
async def register_all(
    year: Year,
    file: Annotated[UploadFile, File(description="导入表: the filled-in sheet (.xlsx)")],
    click: Clicked,
    match_key: MatchKey,
) -> ImportResult:
    """Register what a sheet says (导入学员培训信息), as an admin for the people in scope."""
    if click.unversioned().actor.role not in ADMINS:
        raise Refused(for_these(ROLE_NOT_ALLOWED, ADMINS))
    kinds = await _kinds(click.desk, year)
    content = await file.read(sheets.MOST_BYTES + 1)
    rows = await asyncio.to_thread(sheet(kinds).read, content)
    digest = await asyncio.to_thread(digests, rows, match_key)
    people = await _people(click, [d for d in digest.values() if isinstance(d, str)])
    found = await asyncio.to_thread(registrations, rows, digest, people, kinds)
    return await _registered(click, year, found, text_key(click.desk))


async def _registered(
    click: Click, year: int, found: list[Registration | Bad], key: bytes
) -> ImportResult:
    good = [one for one in found if isinstance(one, Registration)]
    answers = await click.answer_each(
        [
            ClaimHours(
                envelope=click.item(one.row),
                person_id=one.person_id,
                year=year,
                claim_id=uuid7(),
                activity=one.form.activity(key),
                content=one.form.content,
                prefilled=one.form.hours is None,
                registered_by=RegisteredBy.UNIT,
                promised=one.form.promised,
            )
            for one in good
        ]
    )
    rows = [_bad(one.row, one.rule) for one in found if isinstance(one, Bad)]
    for one, answer in zip(good, answers, strict=True):
        done = None if answer.refused else answer.id
        rows.append(RowResult(row=one.row, claim_id=done, refused=answer.refused))
    rows.sort(key=lambda row: row.row)
    refused = sum(row.refused is not None for row in rows)
    return ImportResult(registered=len(rows) - refused, refused=refused, rows=rows)


def _bad(row: int, rule: Rule) -> RowResult:
    return RowResult(row=row, refused=problem(rule))


async def _kinds(desk: Desk, year: int) -> tuple[Recognition, ...]:
    """The kinds that may be claimed in this year."""
    async with desk.reading() as conn:
        newest = (await laws.read(conn)).newest
    packs = [law.pack for (_, of), law in newest.items() if of == year]
    kinds = tuple(kind for pack in packs if pack.says("hours") for kind in pack.entering("claim"))
    if not kinds:
        raise Refused(NO_PACK)
    return kinds


async def _people(click: Click, wanted: list[str]) -> dict[str, Known]:
    """Who in the admin's scope has these numbers."""
    condition, values = people_of(click.envelope.actor).sql()
    query = queries.BY_DIGEST.format(condition=condition)
    async with click.desk.reading() as conn:
        found = await select(conn, query, [*values, wanted])
    return {row["digest"]: Known(row["person_id"], row["name"]) for row in found}
