"""What happens to people and organisations. No name, number or address of a person is in it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from libs.events.envelope import Role
from libs.events.event import Event

UnitCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
"""统一社会信用代码: the code that every organisation has one of."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
"""The public name of an organisation or of its part."""


class UnitKind(StrEnum):
    """What sort of organisation it is on this platform."""

    EMPLOYER = "employer"  # 用人单位
    AGENCY = "agency"  # 人才服务机构: for people without a unit
    PROVINCE_BUREAU = "province_bureau"
    CITY_BUREAU = "city_bureau"
    COUNTY_BUREAU = "county_bureau"
    INDUSTRY_AUTHORITY = "industry_authority"
    SERVICE_DESK = "service_desk"


class Affiliation(StrEnum):
    """隶属关系: to which level of government a unit belongs."""

    CENTRAL = "central"  # 中央驻桂
    REGION = "region"  # 区直
    CITY = "city"  # 市直
    COUNTY = "county"  # 县属


class BaseLevel(StrEnum):
    """国家级 or 自治区级."""

    NATIONAL = "national"
    REGIONAL = "regional"


class Placement(BaseModel):
    """Where a person belongs, in full, so that no consumer needs a join."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    unit_id: UUID
    department_id: UUID | None = None
    bureau_id: UUID  # the unit's supervising bureau (管理权限)
    parent_id: UUID | None = None  # the unit's superior
    city: str
    county: str
    industry: str | None = None
    jurisdiction: str
    effective: date  # in China's calendar


class _PersonEvent(Event):
    person_id: UUID


class _UnitEvent(Event):
    subject: ClassVar[str] = "unit_id"
    about: ClassVar[str] = "unit_id"

    unit_id: UUID


class PersonRegistered(_PersonEvent):
    """个人注册: a person joined the platform, alone (the unit has yet to confirm) or imported."""

    placement: Placement
    confirmed: bool


class MembershipConfirmed(_PersonEvent):
    """确认所属单位: the unit confirms that the person is one of its own."""

    placement: Placement


class PersonTransferred(_PersonEvent):
    """单位变动: the person's 人事（劳动）关系 is with another unit from this date on."""

    placement: Placement
    from_unit_id: UUID
    confirmed: bool


class DepartmentAssigned(_PersonEvent):
    """选择部门人员: the person belongs to this department of the unit, or to none."""

    placement: Placement


class PersonDetailsChanged(_PersonEvent):
    """个人信息修改: the vault holds other details than before; which ones, not what."""

    fields: tuple[str, ...]


class IdentityCorrected(_PersonEvent):
    """身份信息更正: number or name was wrong or has changed, corrected on proof."""

    fields: tuple[str, ...]


class PersonErased(_PersonEvent):
    """个人信息删除: what the platform knew about the person beside this id is gone."""


class SessionStarted(_PersonEvent):
    """登录: a session began, in the role chosen at login."""

    about: ClassVar[str] = "session_id"

    session_id: UUID
    role: Role
    unit_id: UUID | None = None
    department_id: UUID | None = None


class SessionEnded(_PersonEvent):
    """退出登录: the session's tokens are no longer good."""

    about: ClassVar[str] = "session_id"

    session_id: UUID
    reason: str


class LoginAllowed(_PersonEvent):
    """允许登录系统: ticked for an admin of the unit."""

    unit_id: UUID


class LoginDenied(_PersonEvent):
    """取消允许登录: the admin of the unit may not log in as such."""

    unit_id: UUID


class PasswordReset(_PersonEvent):
    """重置密码: the old password is no longer good; how the chain allowed it."""

    by: str  # own_code, unit_admin, unit_account, bureau


class AdminAppointed(_PersonEvent):
    """新增管理员: the person may act for the unit in this role, within this department if named."""

    unit_id: UUID
    role: Role
    department_id: UUID | None = None


class AdminScopeChanged(_PersonEvent):
    """分配部门: the admin's department is another one, or none (总管理员)."""

    unit_id: UUID
    role: Role
    department_id: UUID | None = None


class AdminDismissed(_PersonEvent):
    """撤销管理员: the person no longer acts for the unit."""

    unit_id: UUID
    role: Role


class UnitRegistered(_UnitEvent):
    """单位注册: an organisation is known, with its place in the administration."""

    code: UnitCode
    name: Name
    kind: UnitKind
    affiliation: Affiliation
    parent_id: UUID | None = None
    bureau_id: UUID
    city: str
    county: str
    industry: str | None = None
    jurisdiction: str


class UnitRenamed(_UnitEvent):
    """单位更名: from now on; history keeps the old name."""

    name: Name


class DepartmentAdded(_UnitEvent):
    """新增部门: a department of the unit."""

    about: ClassVar[str] = "department_id"

    department_id: UUID
    name: Name


class DepartmentClosed(_UnitEvent):
    """撤销部门: its people have no department."""

    about: ClassVar[str] = "department_id"

    department_id: UUID


class BaseDesignated(_UnitEvent):
    """继续教育基地认定: the unit holds the title of a base."""

    level: BaseLevel
    batch: str | None = None
    former_name: Name | None = None


class BaseDesignationEnded(_UnitEvent):
    """取消继续教育基地: the unit no longer holds the title of this level."""

    level: BaseLevel
