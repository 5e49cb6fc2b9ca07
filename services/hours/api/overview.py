"""培训总体查询: a person's years, each with what it counts and what it satisfies."""

from itertools import groupby
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.scope import SEE_PEOPLE
from libs.policy import Law
from libs.runtime.following import laws
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from services.hours.api.shown import Counted

router = APIRouter(tags=["ledger 学时档案"])


class YearTotals(BaseModel):
    """One year: 公需科目学时, 专业科目学时, 总学时."""

    year: int
    judged: bool = Field(description="False where no law is known for the year (不核定)")
    total: str = Field(description="总学时, counted", examples=["90.00"])
    by_subject: dict[str, str] = Field(
        description="Counted, by subject: public (公需科目), professional (专业科目)",
        examples=[{"public": "25.00", "professional": "65.00"}],
    )
    satisfied: list[str] = Field(description="Certificates whose conditions hold")
    entries: int = Field(description="How many entries of the ledger stand")


_ENTRIES = """
SELECT * FROM entries WHERE person_id = %s ORDER BY year DESC, entry_id"""


@router.get("/people/{person_id}", openapi_extra=by(SEE_PEOPLE))
async def years(person_id: UUID, desk: AtDesk, caller: Caller) -> list[YearTotals]:
    """Every year in which hours were recognised, the latest first (培训总体查询)."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        rows = await select(conn, _ENTRIES, (person_id,))
        law_for = await laws.counting_for(conn, person_id)
    return [
        _totals(year, list(found), law_for(year))
        for year, found in groupby(rows, key=lambda row: int(row["year"]))
    ]


def _totals(year: int, rows: list[Found], law: Law | None) -> YearTotals:
    counted = Counted(year, rows, law)
    said = counted.total()
    return YearTotals(
        year=year,
        judged=counted.own is not None and counted.count is not None,
        total=said.total,
        by_subject={code: n for code, n in said.by_category.items() if "." not in code},
        satisfied=counted.satisfied,
        entries=len(rows),
    )
