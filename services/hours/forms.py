"""The words of requests about claims."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.events.documents import text_digest
from libs.events.hours import Activity, RuleCode
from libs.events.text import Text
from libs.events.values import NONE, CategoryCode, Digest, HalfDay, Hours
from libs.runtime.web.forms import Form, Year

Short = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Long = Annotated[Text, StringConstraints(max_length=2000)]


class ActivityForm(Form):
    """What the claim is about (登记内容)."""

    category: CategoryCode = Field(description="科目", examples=["professional"])
    rule: RuleCode = Field(description="类别, a word of the year's pack", examples=["training"])
    name: Short = Field(description="活动名称", examples=["教学能力提升研修班"])
    organiser: Short = Field(description="举办单位", examples=["广西大学"])
    form: Short = Field(description="学习形式", examples=["线下"])
    began: HalfDay = Field(description="开始时间, a half-day", examples=["2024-11-04/am"])
    ended: HalfDay = Field(description="结束时间, a half-day", examples=["2024-11-06/am"])
    result: Short = Field(description="考核结果", examples=["合格"])
    hours: Hours | None = Field(
        None,
        description="申请学时; left out for a training: the year's hours for each half-day",
        examples=["20.00"],
    )
    content: Long = Field("", description="主要内容, kept privately")
    evidence: tuple[Digest, ...] = Field((), max_length=20, description="佐证材料: uploaded files")

    def activity(self, key: bytes) -> Activity:
        """As the event says it: the content by its keyed digest alone."""
        said = self.model_dump(exclude={"content"})
        digest = text_digest(self.content, key) if self.content else None
        return Activity(**said | {"hours": self.hours or NONE}, content_digest=digest)


class ClaimForm(ActivityForm):
    """学时登记."""

    promised: bool = Field(description="承诺: 本人承诺以上信息属实 is ticked")


class SubmitForm(Form):
    """提交审核."""

    to_unit_id: UUID | None = Field(
        None, description="受理单位; none: the own unit (提交至本单位审核)"
    )


class Decided(Form):
    """What an auditor states of one claim."""

    hours: Hours | None = Field(
        None,
        description="认定学时, where not 申请学时; required where no verified figure gives it",
    )
    distinct: bool = Field(
        False,
        description="不属重复: the claim is held as a duplicate, and has been found to be another",
    )


class AuditForm(Decided):
    """通过 or 不通过."""

    passed: bool
    opinion: Long = Field(
        "", description="审核意见; required where not passed, or for more than the half-days give"
    )


class ClaimRef(Form):
    """Which claim."""

    person_id: UUID
    year: Year
    claim_id: UUID


class AuditRef(ClaimRef, Decided):
    """Which claim, and what is stated of it alone: in a batch nothing is stated of all at once."""

    opinion: Long | None = Field(None, description="审核意见, of this claim; else the batch's")
