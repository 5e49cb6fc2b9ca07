"""学时档案: the ledger, what it counts, and the way of each claim."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.scope import SEE_PEOPLE
from libs.runtime.following import laws
from libs.runtime.following.people import may_see
from libs.runtime.reading import select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.shown import ChinaTime
from services.hours import queries
from services.hours.api.claiming import CLAIM
from services.hours.api.shown import Counted, YearAnswer, passed_over
from services.hours.queries import SEE_CLAIMS

router = APIRouter(tags=["ledger 学时档案"])

_PASSED_OVER = """
SELECT f.rule, f.same_as, g.said FROM grant_refusals f JOIN grants g USING (filing_id)
WHERE f.person_id = %s ORDER BY filing_id"""


@router.get("/people/{person_id}/{year}", openapi_extra=by(SEE_PEOPLE))
async def year_of(person_id: UUID, year: Year, desk: AtDesk, caller: Caller) -> YearAnswer:
    """The entries of a year (年度学时), what they count, and what is still missing."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        rows = await select(
            conn,
            "SELECT * FROM entries WHERE person_id = %s AND year = %s ORDER BY began, entry_id",
            (person_id, year),
        )
        refused = await select(conn, _PASSED_OVER, (person_id,))
        law_for = await laws.counting_for(conn, person_id)
    return Counted(year, rows, law_for(year)).whole(passed_over(refused, year))


class Step(BaseModel):
    """One thing that happened to a claim."""

    at: ChinaTime
    what: str = Field(examples=["hours.ClaimSubmitted"])
    shown: str = Field(description="事项, its official term", examples=["提交审核"])
    role: str
    position: int


@router.get(f"{CLAIM}/history", openapi_extra=by(SEE_CLAIMS))
async def history(
    person_id: UUID, year: Year, claim_id: UUID, desk: AtDesk, caller: Caller
) -> list[Step]:
    """The way of a claim (审核进度), straight from the log."""
    async with desk.reading() as conn:
        if await queries.claim_in_scope(conn, caller, person_id, claim_id) is None:
            raise Refused(NOT_FOUND)
        rows = await select(
            conn,
            "SELECT position, type, recorded_at, meta::json->>'role' AS role FROM events "
            "WHERE stream = %s AND (body::json->>'claim_id' = %s OR body::json->>'entry_id' = %s) "
            "ORDER BY position",
            (f"hours/{person_id}/{year}", str(claim_id), str(claim_id)),
        )
    return [
        Step(
            at=row["recorded_at"],
            what=row["type"],
            shown=desk.service.events.term(row["type"]),
            role=row["role"],
            position=row["position"],
        )
        for row in rows
    ]
