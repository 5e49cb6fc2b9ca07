"""Lists of claims (学时审核, 审核结果, 查询), filtered by the scope of who asks."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.values import HalfDay, Hours
from libs.policy import Status
from libs.policy.recognition import Recognition
from libs.runtime.following import laws
from libs.runtime.following.laws import Laws
from libs.runtime.reading import Found, select
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, by_version, decode, page
from services.hours import queries
from services.hours.api.claiming import CLAIM
from services.hours.queries import SEE_CLAIMS
from services.hours.state.year import ClaimState

router = APIRouter(tags=["lists 学时查询"])


class KindShown(BaseModel):
    """A kind of hours (认定方式) as the year's policy has it, and how sure its figure is."""

    name: str = Field(description="类别名称")
    status: Status = Field(description="unverified: the auditor decides and states the quantity")
    document: str = Field(description="文件")
    article: str
    note: str
    evidence: list[str] = Field(description="佐证材料 that is asked for")
    evidence_source: str | None
    evidence_status: Status | None

    @classmethod
    def of(cls, rule: Recognition) -> "KindShown":
        """From the pack's rule."""
        asked = rule.evidence
        return cls(
            name=rule.name,
            status=rule.status,
            document=rule.source.document,
            article=rule.source.article,
            note=rule.note,
            evidence=list(asked.value) if asked else [],
            evidence_source=str(asked.source) if asked else None,
            evidence_status=asked.status if asked else None,
        )


class ClaimItem(BaseModel):
    """A claim as lists show it."""

    claim_id: UUID
    person_id: UUID
    person_name: str | None = Field(description="姓名, as the directory has it")
    masked_number: str | None = Field(description="证件号码（隐去中间）")
    unit_name: str | None = Field(description="所在单位")
    year: int
    state: ClaimState = Field(description="审核状态")
    state_shown: str | None = Field(
        description="审核状态, as the year's policy names it; None where it is deleted",
        examples=["待初审"],
    )
    registered_by: str
    category: str
    rule: str = Field(description="类别, a word of the year's pack")
    name: str = Field(description="活动名称")
    organiser: str
    form: str
    result: str
    began: str
    ended: str
    kind: KindShown | None = Field(description="None where no law of the year is known")
    proposed: str | None = Field(description="每半天4学时: what the half-days of a training give")
    asked: str = Field(description="申请学时")
    recognised: str | None = Field(description="认定学时")
    same_as: UUID | None = Field(description="Held as the same activity as this entry or claim")
    late: bool = Field(description="逾期审验")
    version: int

    @classmethod
    def of(cls, row: Found, known: Laws) -> "ClaimItem":
        """From a row of the view, beside the law of its year."""
        law = known.newest.get((row["jurisdiction"], row["year"]))
        ways = law.pack.entering("claim") if law and law.pack.says("hours") else ()
        rule = next((way for way in ways if way.rule == row["rule"]), None)
        proposed = None
        if law and rule and rule.by_half_days:
            days = HalfDay.parse(row["began"]), HalfDay.parse(row["ended"])
            proposed = str(law.pack.hours.prefilled(*days))
        hundredths = {name: row[name] for name in ("asked", "recognised")}
        shown = {n: None if h is None else str(Hours(h)) for n, h in hundredths.items()}
        states = law.pack.hours.states if law and law.pack.says("hours") else None
        beside = {
            "kind": KindShown.of(rule) if rule else None,
            "proposed": proposed,
            "state_shown": states.shown(row["state"]) if states else None,
        }
        return cls(**{k: v for k, v in row.items() if k in cls.model_fields} | shown | beside)


class ClaimDetail(ClaimItem):
    """A claim with its texts and evidence, for who may see it."""

    content: str = Field(description="主要内容")
    opinion: str = Field(description="审核意见")
    evidence: list[str] = Field(description="佐证材料: files of the person")


@router.get(CLAIM, openapi_extra=by(SEE_CLAIMS))
async def one_claim(
    person_id: UUID, year: Year, claim_id: UUID, desk: AtDesk, caller: Caller, response: Response
) -> ClaimDetail:
    """A claim with its texts and evidence (查看). Its ETag serves If-Match."""
    async with desk.reading() as conn:
        row = await queries.claim_in_scope(conn, caller, person_id, claim_id)
        if row is None or row["year"] != year:
            raise Refused(NOT_FOUND)
        found = await select(conn, "SELECT kind, text FROM texts WHERE claim_id = %s", (claim_id,))
        known = await laws.read(conn)
    texts = {text["kind"]: text["text"] for text in found}
    response.headers["ETag"] = f'"{row["version"]}"'
    return ClaimDetail(
        **ClaimItem.of(row, known).model_dump(),
        content=texts.get("content", ""),
        opinion=texts.get("opinion", ""),
        evidence=json.loads(row["evidence"]),
    )


@router.get("/claims", openapi_extra=by(SEE_CLAIMS))
async def claims(
    desk: AtDesk,
    caller: Caller,
    year: Year | None = None,
    state: ClaimState | None = None,
    person_id: UUID | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[ClaimItem]:
    """Claims in the caller's scope (学时登记列表), the latest first. By name or number: POST."""
    wanted: dict[str, Any] = {"year": year, "state": state, "person_id": person_id}
    filters = {f"c.{name} = %s": value for name, value in wanted.items() if value is not None}
    if cursor is not None:
        filters["c.version < %s"] = decode(cursor, tuple[int])[0]
    async with desk.reading() as conn:
        rows = await queries.rows_of(conn, queries.LIST, queries.claims_of(caller), filters, limit)
        known = await laws.read(conn)
    return page(rows, limit, lambda row: ClaimItem.of(row, known), by_version)
