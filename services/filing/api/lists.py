"""Lists of filings (培训班备案管理), one filing whole, its roster, its way."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from libs.policy import china_day
from libs.runtime.reading import select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, by_version, decode, page
from libs.runtime.web.shown import ChinaTime
from services.filing import private, queries, whole
from services.filing.api.desk import FILING, FilingId
from services.filing.api.shown import FilingDetail, FilingItem, left_out_of, outcome_of
from services.filing.rules.actors import SEE_FILINGS
from services.filing.state.filing import Recognition
from services.filing.state.roster import Attendee
from services.filing.views import UNSEALED

router = APIRouter(tags=["lists 备案查询"])

Limit = Annotated[int, Query(ge=1, le=MOST_A_PAGE)]
Waiting = Literal["request", "sealed_form"]


@router.get("/filings", openapi_extra=by(SEE_FILINGS))
async def filings(
    desk: AtDesk,
    caller: Caller,
    year: Year | None = None,
    unit_id: UUID | None = None,
    recognition: Recognition | None = None,
    waiting: Annotated[
        Waiting | None,
        Query(description="待办事项: request, 待认定; sealed_form: ended, no scan. Longest first"),
    ] = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> Page[FilingItem]:
    """The base's own filings, the province's all (培训班备案列表). The latest change first."""
    wanted: dict[str, Any] = {
        "f.year = %s": year,
        "f.unit_id = %s": unit_id,
        "f.recognition = %s": recognition,
    }
    if waiting == "request":
        wanted["f.recognition = 'requested' AND f.ended_on < %s"] = china_day(desk.clock.now())
    elif waiting == "sealed_form":
        wanted[f"{UNSEALED} AND f.ended_on < %s"] = china_day(desk.clock.now())
    if cursor is not None:
        wanted[f"f.version {'>' if waiting else '<'} %s"] = decode(cursor, tuple[int])[0]
    given = {condition: value for condition, value in wanted.items() if value is not None}
    order = "ASC" if waiting else "DESC"
    async with desk.reading() as conn:
        law = await queries.law(conn)
        rows = await queries.filings(conn, caller, given, limit, order)
    return page(rows, limit, lambda row: FilingItem.of(row, law), by_version)


@router.get(FILING, openapi_extra=by(SEE_FILINGS))
async def detail(
    filing_id: FilingId, desk: AtDesk, caller: Caller, response: Response
) -> FilingDetail:
    """One filing (备案详情) with its form and what became of its hours; the ETag is its version."""
    async with desk.reading() as conn:
        found = await whole.read(conn, caller, filing_id)
    row = found.row
    response.headers["ETag"] = f'"{row["version"]}"'
    return FilingDetail(
        **FilingItem.of(row, found.law).model_dump(),
        form=private.form_of(row) if row["form"] else None,
        left_out=left_out_of(row),
        outcome=outcome_of(row, found.grant),
        **found.texts,
    )


class AttendeeItem(BaseModel):
    """A row of the roster. Who is not registered is known by row alone."""

    row: int
    person_id: UUID | None
    name: str | None = Field(description="姓名")
    masked_number: str | None
    left_out: bool = Field(description="未予认定学时")
    refused_by: str | None = Field(description="The rule by which hours refused the entry")


@router.get(f"{FILING}/roster", openapi_extra=by(SEE_FILINGS))
async def roster(
    filing_id: FilingId, desk: AtDesk, caller: Caller, cursor: str | None = None, limit: Limit = 50
) -> Page[AttendeeItem]:
    """The roster that stands (学员信息), by row."""
    after = decode(cursor, tuple[int])[0] if cursor is not None else 0
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, caller, filing_id)
        attendees = await queries.attendees_of(conn, filing)
        shown = [a for a in attendees if a.row > after][: limit + 1]
        people = [a.person_id for a in shown if a.person_id]
        names = {
            row["person_id"]: row
            for row in await select(
                conn,
                "SELECT person_id, name, masked FROM directory WHERE person_id = ANY(%s)",
                [people],
            )
        }
        refused = {
            row["person_id"]: row["rule"] for row in await select(conn, *whole.refused(filing_id))
        }
    left_out = set(left_out_of(filing))

    def item(a: Attendee) -> AttendeeItem:
        known = names.get(a.person_id, {})
        return AttendeeItem(
            row=a.row,
            person_id=a.person_id,
            name=known.get("name"),
            masked_number=known.get("masked"),
            left_out=a.row in left_out,
            refused_by=refused.get(a.person_id),
        )

    return page(shown, limit, item, lambda a: [a.row])


class Step(BaseModel):
    """One thing that happened to a filing."""

    at: ChinaTime
    what: str = Field(examples=["filing.ExecutionReported"])
    shown: str = Field(description="事项, its official term", examples=["实际执行情况说明"])
    role: str
    position: int


@router.get(f"{FILING}/history", openapi_extra=by(SEE_FILINGS))
async def history(filing_id: FilingId, desk: AtDesk, caller: Caller) -> list[Step]:
    """The way of a filing (办理进度), straight from the log."""
    async with desk.reading() as conn:
        await queries.filing_of(conn, caller, filing_id)
        rows = await select(
            conn,
            "SELECT position, type AS what, recorded_at AS at, meta::json->>'role' AS role "
            "FROM events WHERE stream = %s ORDER BY position",
            [f"filing/{filing_id}"],
        )
    return [Step(**row, shown=desk.service.events.term(row["what"])) for row in rows]
