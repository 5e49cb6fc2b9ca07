"""What happens to accounts: activation, password, sessions. Never a secret.

`person_id` is the account: a person, or the unit itself for a 单位账号.
"""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from libs.events.envelope import Role
from libs.events.identity.people import PersonEvent


class Way(StrEnum):
    """How a one-time code reaches its holder."""

    HANDED = "handed"  # 激活码: handed over by whoever is next in the chain
    MOBILE = "mobile"  # 手机验证码: sent to the own mobile


class ActivationIssued(PersonEvent):
    """发放激活码: a one-time code was made for the account; the code itself is nowhere."""

    about: ClassVar[str] = "activation_id"

    activation_id: UUID
    way: Way
    until: AwareDatetime


class AccountActivated(PersonEvent):
    """激活账号: the holder used the code and set a password of their own."""

    about: ClassVar[str] = "activation_id"

    activation_id: UUID


class PasswordReset(PersonEvent):
    """重置密码: the old password is no longer good; how the chain allowed it."""

    by: str  # own_code, own, unit_admin, unit_account, bureau, office


class LoginFailed(PersonEvent):
    """登录失败: a wrong password or code; after too many the account is locked for a while."""

    about: ClassVar[str] = "attempt_id"

    attempt_id: UUID
    locked_until: AwareDatetime | None = None


class SessionStarted(PersonEvent):
    """登录: a session began, in the role chosen at login."""

    about: ClassVar[str] = "session_id"

    session_id: UUID
    role: Role
    unit_id: UUID | None = None
    department_id: UUID | None = None
    until: AwareDatetime


class SessionEnded(PersonEvent):
    """退出登录: the session's tokens are no longer good."""

    about: ClassVar[str] = "session_id"

    session_id: UUID
    reason: str
