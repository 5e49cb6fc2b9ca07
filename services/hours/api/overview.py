"""培训总体查询: a person's years, each with what it counts and what it satisfies."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.values import Hours
from libs.policy import Law, Line, judged
from libs.runtime.following import laws
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from libs.runtime.web.click import AtDesk, Caller

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
SELECT e.year, e.entry_id, e.category, e.rule, e.recognised, p.jurisdiction
FROM entries e LEFT JOIN people p USING (person_id) WHERE person_id = %s ORDER BY e.year DESC"""


@router.get("/people/{person_id}")
async def years(person_id: UUID, desk: AtDesk, caller: Caller) -> list[YearTotals]:
    """Every year in which hours were recognised, the latest first (培训总体查询)."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        rows = await select(conn, _ENTRIES, (person_id,))
        newest = (await laws.read(conn)).newest
    return [
        _totals(year, list(found), newest.get((rows[0]["jurisdiction"], year)))
        for year, found in groupby(rows, key=lambda row: int(row["year"]))
    ]


def _totals(year: int, rows: list[Found], law: Law | None) -> YearTotals:
    stands = judged(law.pack if law else None, _lines(rows))
    sums: dict[str, int] = {}
    for code, hundredths in stands.count.by_category.items() if stands else ():
        subject = code.partition(".")[0]
        sums[subject] = sums.get(subject, 0) + hundredths
    return YearTotals(
        year=year,
        judged=stands is not None,
        total=str(Hours(sum(sums.values()))),
        by_subject={subject: str(Hours(n)) for subject, n in sums.items()},
        satisfied=sorted(stands.satisfied) if stands else [],
        entries=len(rows),
    )


def _lines(rows: Iterable[Found]) -> Iterable[Line]:
    return (
        Line(row["entry_id"], row["category"], row["rule"], Hours(row["recognised"]))
        for row in rows
    )
