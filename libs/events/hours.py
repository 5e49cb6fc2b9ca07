"""What happens to hours (学时): claims, audits, and the one ledger (学时档案)."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from libs.events.event import Event
from libs.events.values import CategoryCode, Digest, HalfDay, Hours, PackId

RuleCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,60}$")]
"""A recognition rule of the pack, such as `training` or `self_study.own`."""

Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The name of an activity or of its organiser, checked for numbers of people."""


class RegisteredBy(StrEnum):
    """Who registered a claim (登记人)."""

    LEARNER = "learner"  # 本人
    UNIT = "unit"  # 单位管理员
    ORGANISER = "organiser"  # 举办单位


class SourceKind(StrEnum):
    """Where an entry of the ledger comes from."""

    CLAIM = "claim"
    CLASS = "class"
    COURSE = "course"
    IMPORT = "import"


class RevokedFor(StrEnum):
    """Why an entry left the ledger."""

    DELETED = "deleted"  # the unit deleted a recognised claim
    SPOT_CHECK = "spot_check"  # bureau or authority, after a spot check
    ANNULLED = "annulled"  # the exam's result was annulled
    WITHDRAWN = "withdrawn"  # the class's or course's recognition was withdrawn


class PackVersion(BaseModel):
    """By which law it was judged."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pack: PackId
    version: int
    digest: Digest


class Activity(BaseModel):
    """What a claim is about. The content that people write is in a private table."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    category: CategoryCode
    rule: RuleCode
    name: Title
    organiser: Title
    form: str
    began: HalfDay
    ended: HalfDay
    result: str
    hours: Hours  # 申请学时
    content_digest: Digest | None = None  # keyed; the text is in the private table
    evidence: tuple[Digest, ...] = ()


class _YearEvent(Event):
    person_id: UUID
    year: int


class _ClaimEvent(_YearEvent):
    about: ClassVar[str] = "claim_id"

    claim_id: UUID


class HoursClaimed(_ClaimEvent):
    """学时登记: a learner (or the unit) states, and vouches for, hours of professional study."""

    activity: Activity
    registered_by: RegisteredBy
    unit_id: UUID
    pack: PackVersion


class ClaimAmended(_ClaimEvent):
    """修改登记: the activity as it reads now. `late`: put right after the day for registering."""

    activity: Activity
    pack: PackVersion
    late: bool = False


class ClaimSubmitted(_ClaimEvent):
    """提交审核: to the own unit, or to a superior or industry authority instead."""

    to_unit_id: UUID


class ClaimWithdrawn(_ClaimEvent):
    """撤回: back to 待提交, by the learner, or because the person has left the unit."""


class ClaimDeleted(_ClaimEvent):
    """删除登记: the claim is gone; recognised hours leave the ledger in the same append."""


class ClaimHeld(_ClaimEvent):
    """重复待核: the same activity and dates as another entry or claim: a person decides."""

    same_as: UUID


class AuditPassed(_ClaimEvent):
    """审核通过: at this stage (1 初审, 2 复核); the last one recognises the hours."""

    stage: int
    by_unit_id: UUID
    late: bool = False  # 逾期审验
    opinion_digest: Digest | None = None  # 审核意见, where it needed one; in the private table


class AuditFailed(_ClaimEvent):
    """审核不通过: with an opinion (审核意见), which is in the private table."""

    stage: int
    by_unit_id: UUID
    late: bool = False  # 逾期审验
    opinion_digest: Digest


class HoursRecognised(_YearEvent):
    """学时认定: an entry joins the ledger. Caps are not in it: they are computed each time."""

    about: ClassVar[str] = "entry_id"

    entry_id: UUID
    category: CategoryCode
    rule: RuleCode
    asked: Hours
    recognised: Hours
    source: SourceKind
    source_id: UUID
    activity: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID  # who recognised it, and may revoke it
    pack: PackVersion


class HoursRevoked(_YearEvent):
    """学时撤销: an entry leaves the ledger."""

    about: ClassVar[str] = "entry_id"

    entry_id: UUID
    cause: RevokedFor
    by_unit_id: UUID


class _GrantEvent(Event):
    subject: ClassVar[str] = "filing_id"
    about: ClassVar[str] = "filing_id"

    filing_id: UUID


class GrantStarted(_GrantEvent):
    """培训学时认定开始: one act of the province credits all of a class's roster."""

    year: int
    rule: RuleCode
    category: CategoryCode
    hours: Hours
    count: int
    roster_id: UUID
    roster_digest: Digest
    left_out: tuple[int, ...] = ()  # row numbers
    activity: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID
    pack: PackVersion


class GrantEntryRefused(_GrantEvent):
    """培训学时未计入: one person of the roster can't be credited; by which rule.

    `same_as`: the entry of the ledger that is the same activity. The person is credited after all
    when it leaves the ledger.
    """

    person_id: UUID
    rule: str
    same_as: UUID | None = None


class GrantEntryReopened(_GrantEvent):
    """培训学时重新计入: hours of the person's have left the ledger since, so it is tried again."""

    person_id: UUID


class GrantSettled(_GrantEvent):
    """培训学时认定完成: everybody on the roster is credited, waiting or refused."""

    credited: int
    waiting: int
    refused: int
