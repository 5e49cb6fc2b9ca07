"""What may be asked about filed classes: by the base that files, by the province that grants."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from libs.events.command import Command
from libs.events.filing import RosterRow, RunType
from libs.events.values import Digest, HalfDay, Hours


class Teacher(BaseModel):
    """授课老师: 姓名、单位及职务."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field("", description="姓名")
    unit: str = ""
    post: str = ""


class Registration(BaseModel):
    """培训班备案登记表 as the base fills it in, by the words of the pack's form.

    Which of them must be filled in the pack says; empty is not filled in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    class_name: str = ""
    run_type: RunType | None = None
    client: str = ""
    audience: str = ""
    content: str = Field("", description="培训内容")
    teachers: tuple[Teacher, ...] = ()
    starts: HalfDay
    ends: HalfDay
    days: int = 0
    modes: tuple[Literal["online", "offline"], ...] = ()
    hours: Hours | None = None
    place: str = ""
    contact: str = ""
    department: str = ""
    office_phone: str = ""
    mobile: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    promises: tuple[bool, ...] = ()
    responsible_person: str = ""
    responsible_on: date | None = None


class BadRow(BaseModel):
    """A row of a roster that can't be taken: its number in the sheet, and why."""

    model_config = ConfigDict(frozen=True)

    row: int
    reason: str


class FilingCommand(Command):
    """About one filed class."""

    filing_id: UUID

    @property
    def stream(self) -> str:
        """The filing."""
        return f"filing/{self.filing_id}"

    @property
    def resource(self) -> UUID:
        """The filing."""
        return self.filing_id


class SubmitFiling(FilingCommand):
    """保存备案: saving is submitting. The digest is keyed, over the whole form."""

    form: Registration
    form_digest: Digest


class ChangeFiling(FilingCommand):
    """修改备案: never here, and in the notice's words."""


class DeleteFiling(FilingCommand):
    """删除备案: never here, and in the notice's words."""


class ReportExecution(FilingCommand):
    """填写备注: `remark` says how it differed from what was filed; empty: it did not.
    Not `held` (未举办) closes the filing without hours."""

    held: bool
    remark: str
    remark_digest: Digest


class UploadSealedForm(FilingCommand):
    """上传扫描件: the stamped form, already stored as the unit's file."""

    file: Digest


class PrepareRoster(FilingCommand):
    """导入名单（待确认）: what a sheet says, kept apart until it is confirmed."""

    roster_id: UUID
    good: tuple[RosterRow, ...]
    bad: tuple[BadRow, ...]

    @property
    def resource(self) -> UUID:
        """The roster that may be confirmed."""
        return self.roster_id


class ImportRoster(FilingCommand):
    """确认导入名单: the good rows, in chunks as they go into events; none: nothing is pending."""

    roster_id: UUID
    chunks: tuple[tuple[RosterRow, ...], ...]


class RequestRecognition(FilingCommand):
    """申请学时认定: irrevocable."""


class GrantRecognition(FilingCommand):
    """认定学时. `hours`: no more than filed; as filed where not stated, and it must be stated where
    the half-days give fewer (0118). `left_out`: rows of the roster."""

    hours: Hours | None = None
    left_out: tuple[int, ...] = ()


class RefuseRecognition(FilingCommand):
    """不予认定, with the opinion, which is for the private table."""

    opinion: str
    opinion_digest: Digest


class WithdrawRecognition(FilingCommand):
    """撤销认定, after an inspection; the reason is for the private table."""

    reason: str
    reason_digest: Digest


FilingsCommand = (
    SubmitFiling
    | ChangeFiling
    | DeleteFiling
    | ReportExecution
    | UploadSealedForm
    | PrepareRoster
    | ImportRoster
    | RequestRecognition
    | GrantRecognition
    | RefuseRecognition
    | WithdrawRecognition
)
