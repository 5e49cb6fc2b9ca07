"""What happens to training classes that bases file (培训备案). People's data stays in filing."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from libs.events.event import Event
from libs.events.hours import PackVersion, RuleCode, Title
from libs.events.values import CategoryCode, Digest, HalfDay, Hours


class RunType(StrEnum):
    """办班类型."""

    OWN = "own"  # 基地自行办班
    COMMISSIONED = "commissioned"  # 单位委托办班


class Mode(StrEnum):
    """培训形式."""

    ONLINE = "online"  # 线上
    OFFLINE = "offline"  # 线下
    BOTH = "both"


class FiledClass(BaseModel):
    """What of the 培训班备案登记表 is no personal data."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Title
    run_type: RunType
    client: Title | None = None  # 委托单位
    audience: Title
    began: HalfDay
    ended: HalfDay
    days: int
    mode: Mode
    hours: Hours  # 认定学时
    place: Title
    declared_on: date
    form_digest: Digest  # keyed, over the whole form; its rows are in the private table


class _FilingEvent(Event):
    subject: ClassVar[str] = "filing_id"
    about: ClassVar[str] = "filing_id"

    filing_id: UUID


class FilingSubmitted(_FilingEvent):
    """培训班备案: saved is submitted; it is neither changed nor deleted afterwards."""

    unit_id: UUID
    to_unit_id: UUID | None = None
    year: int
    filed: FiledClass
    pack: PackVersion
    after_start: bool = False


class ExecutionReported(_FilingEvent):
    """实际执行情况说明: as filed, with deviations, or not held at all."""

    held: bool
    as_filed: bool
    remark_digest: Digest


class SealedFormUploaded(_FilingEvent):
    """上传盖章备案表扫描件: the stamped form as a file of the unit."""

    file: Digest


class RosterRow(BaseModel):
    """One attendee: a registered person, or the keyed digest of a number that is not yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    row: int
    person_id: UUID | None = None
    number_digest: Digest | None = None


class RosterImported(_FilingEvent):
    """导入参训学员名单: one chunk of at most 1,000; a new roster replaces the former whole."""

    roster_id: UUID
    chunk: int  # from 1
    chunks: int
    rows: tuple[RosterRow, ...]


class RecognitionRequested(_FilingEvent):
    """申请学时认定: irrevocable."""

    roster_id: UUID
    roster_digest: Digest
    count: int


class RecognitionGranted(_FilingEvent):
    """认定培训学时: the one act by which the province credits the roster."""

    roster_id: UUID
    roster_digest: Digest
    left_out: tuple[int, ...] = ()  # row numbers
    count: int
    year: int
    rule: RuleCode
    category: CategoryCode
    hours: Hours
    activity: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID
    pack: PackVersion


class RecognitionRefused(_FilingEvent):
    """不予认定培训学时: with an opinion; roster and scan are open again for one new request."""

    opinion_digest: Digest


class RecognitionWithdrawn(_FilingEvent):
    """撤销培训学时认定: after an inspection; every hour that it credited leaves the ledger."""

    reason_digest: Digest
    by_unit_id: UUID
