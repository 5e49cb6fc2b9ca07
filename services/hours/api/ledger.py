"""学时档案: the ledger, what it counts, and the way of each claim."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.values import Hours
from libs.policy import Line, Pack, judged
from libs.runtime.following import laws
from libs.runtime.following.people import may_see
from libs.runtime.reading import Found, select
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from services.hours import queries
from services.hours.api.claiming import CLAIM

router = APIRouter(tags=["ledger 学时档案"])


class EntryItem(BaseModel):
    """An entry of the ledger: recognised, and what of it counts after caps."""

    entry_id: UUID
    category: str
    rule: str
    recognised: str = Field(description="认定学时")
    counted: str = Field(description="计入学时, after the year's caps")
    source: str
    source_id: UUID
    activity: str
    began: str
    ended: str


class YearAnswer(BaseModel):
    """A person's year (培训总体查询)."""

    year: int
    pack: str | None
    total: str = Field(description="总学时, counted")
    by_category: dict[str, str]
    satisfied: list[str] = Field(description="Certificates whose conditions hold")
    missing: list[str] = Field(description="What is still missing, in words")
    entries: list[EntryItem]


@router.get("/people/{person_id}/{year}")
async def year_of(person_id: UUID, year: Year, desk: AtDesk, caller: Caller) -> YearAnswer:
    """The entries of a year, what they count, and what is still missing."""
    async with desk.reading() as conn:
        if not await may_see(conn, caller, person_id):
            raise Refused(NOT_FOUND)
        rows = await select(
            conn,
            "SELECT * FROM entries WHERE person_id = %s AND year = %s ORDER BY began, entry_id",
            (person_id, year),
        )
        law = await laws.law_of(conn, person_id, year)
    return _answer(year, rows, law.pack if law else None)


def _answer(year: int, rows: list[Found], pack: Pack | None) -> YearAnswer:
    lines = [
        Line(row["entry_id"], row["category"], row["rule"], Hours(row["recognised"]))
        for row in rows
    ]
    stands = judged(pack, lines)
    counted = stands.count if stands else None
    items = [
        EntryItem(
            **{name: row[name] for name in row if name in EntryItem.model_fields}
            | {
                "recognised": str(Hours(row["recognised"])),
                "counted": str(counted.of(row["entry_id"]) if counted else "0.00"),
            }
        )
        for row in rows
    ]
    kinds = [terms.kind for terms in pack.certificates] if pack and stands else []
    missing = [lack.sentence for kind in kinds for lack in stands.missing(kind)] if stands else []
    return YearAnswer(
        year=year,
        pack=pack.id if pack else None,
        total=str(Hours(counted.total)) if counted else "0.00",
        by_category={c: str(Hours(h)) for c, h in counted.by_category.items()} if counted else {},
        satisfied=sorted(stands.satisfied) if stands else [],
        missing=list(dict.fromkeys(missing)),
        entries=items,
    )


class Step(BaseModel):
    """One thing that happened to a claim."""

    at: str
    what: str = Field(examples=["hours.ClaimSubmitted"])
    role: str
    position: int


@router.get(f"{CLAIM}/history")
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
            at=row["recorded_at"].isoformat(),
            what=row["type"],
            role=row["role"],
            position=row["position"],
        )
        for row in rows
    ]
