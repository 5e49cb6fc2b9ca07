"""Who may act for a unit (单位管理员), appointed by the unit account."""

from uuid import UUID

from libs.events.envelope import Role
from libs.events.identity.people import PersonEvent


class LoginAllowed(PersonEvent):
    """允许登录系统: ticked for an admin of the unit."""

    unit_id: UUID


class LoginDenied(PersonEvent):
    """取消允许登录: the admin of the unit may not log in as such."""

    unit_id: UUID


class AdminAppointed(PersonEvent):
    """新增管理员: the person may act for the unit in this role, within this department if named.

    The three administrators (三员) act for no unit.
    """

    unit_id: UUID | None = None
    role: Role
    department_id: UUID | None = None


class AdminScopeChanged(PersonEvent):
    """分配部门: the admin's department is another one, or none (总管理员)."""

    unit_id: UUID
    role: Role
    department_id: UUID | None = None


class AdminDismissed(PersonEvent):
    """撤销管理员: the person no longer acts for the unit, or left one of the three offices."""

    unit_id: UUID | None = None
    role: Role
