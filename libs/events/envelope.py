"""The envelope: who asked, why and when. Beside the event, never in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from libs.events.event import Event

E = TypeVar("E", bound=Event, covariant=True)


class Role(StrEnum):
    """The role chosen at login; one person may hold several, one at a time."""

    LEARNER = "learner"  # 专业技术人员
    UNIT_ACCOUNT = "unit_account"  # 单位账号
    UNIT_ADMIN = "unit_admin"  # 单位总管理员
    DEPARTMENT_ADMIN = "department_admin"  # 二级管理员
    INDUSTRY_AUTHORITY = "industry_authority"  # 行业主管部门
    CITY_BUREAU = "city_bureau"  # 市人力资源社会保障局
    COUNTY_BUREAU = "county_bureau"  # 县级人力资源社会保障部门
    PROVINCE_BUREAU = "province_bureau"  # 自治区人力资源社会保障厅（专业技术人员管理处）
    SERVICE_DESK = "service_desk"  # 自治区人力资源和社会保障培训中心（客服）
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员
    SERVICE = "service"  # a service of the platform, moved by an event or a timer


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the person (or account, or service), in which role, for which unit."""

    id: UUID
    role: Role
    unit_id: UUID | None = None
    department_id: UUID | None = None
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What comes with a command beside its words. `at` is an instant in UTC.

    `key` is the idempotency key of the person's click, or what moved a service; `expected`
    the version (position of the last event) of the resource that the actor has seen.
    """

    at: datetime
    actor: Actor
    key: str
    correlation: UUID
    cause: UUID | None = None
    on_behalf_of: UUID | None = None
    expected: int | None = None
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An event with its place in the log of the service that wrote it."""

    position: int
    id: UUID
    event: E
    recorded_at: datetime
    actor: Actor
    correlation: UUID
    cause: UUID | None = None
    on_behalf_of: UUID | None = None
    traceparent: str | None = None
