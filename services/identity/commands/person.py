"""What may be asked about a person."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from libs.events.command import Command
from libs.events.values import Digest


class Personal(BaseModel):
    """What the vault keeps of a person, sealed and digested before the batch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: Digest  # of the document's number
    name_digest: Digest
    sealed: bytes
    name: str
    pinyin: str
    initials: str
    masked: str

    def __repr__(self) -> str:
        return "Personal()"


class _PersonCommand(Command):
    person_id: UUID

    @property
    def stream(self) -> str:
        """The person's own."""
        return f"person/{self.person_id}"

    @property
    def resource(self) -> UUID:
        """The person."""
        return self.person_id


class RegisterOneself(_PersonCommand):
    """个人注册: join alone; the unit has yet to confirm."""

    unit_id: UUID
    department_id: UUID | None = None
    effective: date
    personal: Personal
    password_hash: str


class EnrolPerson(_PersonCommand):
    """导入人员: the unit enters one of its own, who takes a one-time code."""

    unit_id: UUID
    department_id: UUID | None = None
    effective: date
    personal: Personal
    activation_id: UUID
    until: datetime


class ConfirmMembership(_PersonCommand):
    """确认所属单位: the person is one of ours."""

    effective: date


class DeclineMembership(_PersonCommand):
    """不予确认所属单位: the person is none of ours."""


class Transfer(_PersonCommand):
    """单位变动: the person's 人事（劳动）关系 is with another unit now."""

    unit_id: UUID
    department_id: UUID | None = None
    effective: date


class AssignDepartment(_PersonCommand):
    """选择部门人员: into this department of the unit, or into none."""

    department_id: UUID | None
    effective: date


class ChangeDetails(_PersonCommand):
    """个人信息修改: mobile or e-mail."""

    fields: tuple[str, ...]
    personal: Personal


class CorrectIdentity(_PersonCommand):
    """身份信息更正: number or name, on proof."""

    fields: tuple[str, ...]
    personal: Personal


class ErasePerson(_PersonCommand):
    """个人信息删除: forget who the person was."""


PersonCommand = (
    RegisterOneself
    | EnrolPerson
    | ConfirmMembership
    | DeclineMembership
    | Transfer
    | AssignDepartment
    | ChangeDetails
    | CorrectIdentity
    | ErasePerson
)
