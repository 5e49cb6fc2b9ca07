"""What may be asked about who acts for a unit, or holds one of the three offices."""

from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Role
from services.identity.commands.person import Personal


class _AdminCommand(Command):
    person_id: UUID

    @property
    def stream(self) -> str:
        """The person's own."""
        return f"person/{self.person_id}"

    @property
    def resource(self) -> UUID:
        """The person."""
        return self.person_id


class AppointAdmin(_AdminCommand):
    """新增管理员: this person may act for the unit in this role."""

    unit_id: UUID
    role: Role
    department_id: UUID | None = None
    login_allowed: bool  # 允许登录系统


class ChangeAdminScope(_AdminCommand):
    """分配部门: another department, or none (总管理员)."""

    unit_id: UUID
    department_id: UUID | None


class DismissAdmin(_AdminCommand):
    """撤销管理员: the person no longer acts for the unit in this role."""

    unit_id: UUID
    role: Role


class AllowLogin(_AdminCommand):
    """允许登录系统."""

    unit_id: UUID


class DenyLogin(_AdminCommand):
    """取消允许登录."""

    unit_id: UUID


class TakeOffice(_AdminCommand):
    """就任三员: the holder of the one-time code becomes system, security or audit admin."""

    role: Role
    office_id: UUID
    activation_id: UUID
    personal: Personal
    password_hash: str


class LeaveOffice(_AdminCommand):
    """卸任三员: the person no longer holds the office."""

    role: Role


AdminCommand = (
    AppointAdmin
    | ChangeAdminScope
    | DismissAdmin
    | AllowLogin
    | DenyLogin
    | TakeOffice
    | LeaveOffice
)
