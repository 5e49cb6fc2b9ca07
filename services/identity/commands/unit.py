"""What may be asked about a unit."""

from uuid import UUID

from libs.events.command import Command
from libs.events.identity import Affiliation, BaseLevel, UnitKind


class _UnitCommand(Command):
    unit_id: UUID

    @property
    def stream(self) -> str:
        """The unit's own."""
        return f"unit/{self.unit_id}"

    @property
    def resource(self) -> UUID:
        """The unit, unless the command is about a part of it."""
        return self.unit_id


class RegisterUnit(_UnitCommand):
    """单位注册."""

    code: str
    name: str
    kind: UnitKind
    affiliation: Affiliation
    parent_id: UUID | None = None
    bureau_id: UUID
    city: str
    county: str
    industry: str | None = None
    jurisdiction: str


class RenameUnit(_UnitCommand):
    """单位更名."""

    name: str


class AddDepartment(_UnitCommand):
    """新增部门."""

    department_id: UUID
    name: str

    @property
    def resource(self) -> UUID:
        """The department."""
        return self.department_id


class CloseDepartment(_UnitCommand):
    """撤销部门."""

    department_id: UUID

    @property
    def resource(self) -> UUID:
        """The department."""
        return self.department_id


class DesignateBase(_UnitCommand):
    """继续教育基地认定."""

    level: BaseLevel
    batch: str | None = None
    former_name: str | None = None
    phone: str | None = None  # kept beside, never in an event


class EndBaseDesignation(_UnitCommand):
    """取消继续教育基地."""

    level: BaseLevel


UnitCommand = (
    RegisterUnit | RenameUnit | AddDepartment | CloseDepartment | DesignateBase | EndBaseDesignation
)
