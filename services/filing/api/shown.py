"""How filings are shown: in lists, whole, and with what became of their hours."""

import json
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from libs.events.values import HalfDay, Hours
from libs.runtime.reading import Found
from services.filing.commands import Registration
from services.filing.rules.recognition import by_half_days
from services.filing.state.filing import Recognition
from services.filing.state.known import FilingFacts
from services.filing.whole import Grant


class FilingItem(BaseModel):
    """A filed class as lists show it. Nothing about people is in it."""

    filing_id: UUID
    unit_id: UUID
    unit_name: str
    year: int
    name: str = Field(description="培训班名称")
    began: str
    ended: str
    days: int
    hours: str = Field(description="认定学时 as filed")
    proposed: str | None = Field(
        description="每半天4学时: what its half-days give; None where no law of its year is known"
    )
    declared_on: date = Field(description="申报时间")
    after_start: bool = Field(description="Filed when it had begun")
    held: bool | None = Field(description="是否举办; none: not reported yet; false: 未举办")
    as_filed: bool | None = Field(description="严格按备案内容执行")
    has_scan: bool = Field(description="盖章扫描件 is there")
    roster_count: int | None
    recognition: Recognition
    recognition_shown: str = Field(description="学时认定状态, in words", examples=["待认定"])
    granted_hours: str | None = Field(description="认定学时 as granted")
    version: int

    @classmethod
    def of(cls, row: Found, law: FilingFacts) -> "FilingItem":
        """From a row of the view, beside the law."""
        days = HalfDay.parse(row["began"]), HalfDay.parse(row["ended"])
        proposed = by_half_days(law.of_its_year(row["pack"], row["year"]), *days)
        known = {k: v for k, v in row.items() if k in cls.model_fields}
        granted = row["granted_hours"]
        return cls(
            **known
            | {
                "hours": str(Hours(row["hours"])),
                "proposed": None if proposed is None else str(proposed),
                "granted_hours": None if granted is None else str(Hours(granted)),
                "recognition_shown": Recognition(row["recognition"]).shown,
                "unit_name": row.get("unit_name") or "",
                "has_scan": row["sealed"] is not None,
            }
        )


class RefusedEntry(BaseModel):
    """A person whom the grant could not credit."""

    person_id: UUID
    rule: str = Field(examples=["already-credited"])


class Outcome(BaseModel):
    """What became of a grant in the ledger (学时计入情况)."""

    count: int = Field(description="People whom the province granted the hours")
    credited: int = Field(description="None of them after a withdrawal")
    waiting: int = Field(description="Not registered yet; credited when they are")
    refused: list[RefusedEntry] = Field(description="未能计入的人员")
    settled: bool = Field(description="Everybody is credited, waiting or refused")
    revoked: bool = Field(
        description="撤销学时认定: nobody is credited any more, and what had been credited leaves "
        "the ledger (学时撤销)"
    )


class FilingDetail(FilingItem):
    """A filed class, whole: for the base and the province alone."""

    form: Registration | None = Field(description="培训班备案登记表")
    remark: str = Field(description="备注, as written; empty: as filed")
    left_out: list[int] = Field(description="不予认定学时的名单行号")
    opinion: str = Field(description="意见 of the last refusal")
    reason: str = Field(description="原因 of the withdrawal")
    outcome: Outcome | None


def outcome_of(filing: Found, grant: Grant | None) -> Outcome | None:
    """From what hours has told of the grant, unless it was withdrawn since."""
    if grant is None:
        return None
    revoked = filing["recognition"] == Recognition.WITHDRAWN
    return Outcome(
        count=grant.count,
        credited=0 if revoked else grant.credited or 0,
        waiting=0 if revoked else grant.waiting or 0,
        refused=[RefusedEntry(person_id=who, rule=rule) for who, rule in grant.refused.items()],
        settled=grant.settled,
        revoked=revoked,
    )


def left_out_of(row: Found) -> list[int]:
    """The rows that the province left out."""
    found: list[int] = json.loads(row["left_out"])
    return found
