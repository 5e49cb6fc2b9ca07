"""What happens to organisations."""

from typing import ClassVar
from uuid import UUID

from libs.events.event import Event
from libs.events.identity.values import Affiliation, BaseLevel, Name, UnitCode, UnitKind


class _UnitEvent(Event):
    subject: ClassVar[str] = "unit_id"
    about: ClassVar[str] = "unit_id"

    unit_id: UUID


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
