"""达标情况: how a person's year stands to each kind of certificate, and what is missing."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.scope import SEE_PEOPLE
from libs.events.values import Hours
from libs.policy import Pack, judged
from libs.runtime.following.people import may_see
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from services.certificates import queries
from services.certificates.state import Year as Entries

router = APIRouter(tags=["standing 达标情况"])


class KindStanding(BaseModel):
    """One kind of certificate: may it be generated, and if not, what is missing (还差)."""

    kind: str = Field(description="证书种类")
    title: str = Field(description="证书名称")
    satisfied: bool
    missing: list[str] = Field(examples=[["总学时还差 1 学时：已计 89 学时，须达 90 学时"]])
    advice: list[str] = Field(description="What is not required by it and asked for elsewhere")


class YearStanding(BaseModel):
    """A person's year. `judged` is false where no law is known for it (不核定)."""

    year: int
    judged: bool = Field(description="是否有可据以核定的政策")
    pack: str | None = None
    total: str = Field(description="计入总学时", examples=["90.00"])
    by_category: dict[str, str]
    kinds: list[KindStanding] = Field(description="各种证书的达标情况")


@router.get("/people/{person_id}/years/{year}", openapi_extra=by(SEE_PEOPLE))
async def standing_of(person_id: UUID, year: Year, desk: AtDesk, caller: Caller) -> YearStanding:
    """How the year stands (达标情况): sums by category, what is satisfied, what is missing."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        entries, law = await queries.year_of(conn, person_id, year)
    return told(year, entries, law.pack if law else None)


def told(year: int, entries: Entries, pack: Pack | None) -> YearStanding:
    """The year in the sentences of its pack. What a later notice's make-up has brought to a year
    without a pack counts by that notice, and is judged by nobody's demands."""
    standing = judged(pack, entries.lines())
    if standing is None or pack is None:
        return YearStanding(year=year, judged=False, total="0.00", by_category={}, kinds=[])
    return YearStanding(
        year=year,
        judged=pack.year == year,
        pack=pack.id if pack.year == year else None,
        total=str(Hours(standing.count.total)),
        by_category={c: str(hours) for c, hours in standing.count.sums.items()},
        kinds=[
            KindStanding(
                kind=terms.kind,
                title=terms.title.value,
                satisfied=terms.kind in standing.satisfied,
                missing=[one.sentence for one in standing.missing(terms.kind)],
                advice=[
                    one.sentence
                    for one in standing.outcomes(terms.kind)
                    if not one.binding and not one.met
                ],
            )
            for terms in pack.certificates
            if pack.year == year
        ],
    )
