"""What may be asked about an account: a person's, a unit's (单位账号), or one of the three offices.

Secrets never come here: a password comes as its argon2 hash, a renewal secret as its digest, a
one-time code as the id that it is derived from. Figures of safety come with the command.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Role
from libs.events.identity import Way
from libs.events.values import Digest


class Holder(StrEnum):
    """Whose account it is; also the kind of its stream."""

    PERSON = "person"
    UNIT = "unit"
    OFFICE = "office"  # a vacancy of the three administrators: it has codes, no password


class _AccountCommand(Command):
    holder: Holder
    account_id: UUID

    @property
    def stream(self) -> str:
        """The holder's own."""
        return f"{self.holder.value}/{self.account_id}"

    @property
    def resource(self) -> UUID:
        """The account, unless the command is about something smaller."""
        return self.account_id


class IssueCode(_AccountCommand):
    """发放激活码: make a one-time code; by the chain, or to the own mobile."""

    activation_id: UUID
    way: Way
    until: datetime
    pause: timedelta  # between two codes to a mobile
    letter: str | None = None  # 盖章公函: by which a unit account's code is asked for again
    first: bool = False  # only if there never was one

    @property
    def resource(self) -> UUID:
        """The code's id."""
        return self.activation_id


class Activate(_AccountCommand):
    """激活账号: use the one-time code and set a password."""

    activation_id: UUID
    way: Way
    password_hash: str
    about_holder: bool = False  # the new password has something of the holder in it


class ChangePassword(_AccountCommand):
    """修改密码: set another password, the present one having been given."""

    password_hash: str
    about_holder: bool = False


class FailLogin(_AccountCommand):
    """登录失败: count it; lock the account for a while after too many."""

    attempt_id: UUID
    most: int
    locked_for: timedelta

    @property
    def resource(self) -> UUID:
        """The attempt."""
        return self.attempt_id


class StartSession(_AccountCommand):
    """登录: begin a session in the role chosen; the password has been found right by this hash."""

    session_id: UUID
    role: Role
    unit_id: UUID | None = None  # where the role is held in several; none: the one there is
    secret_digest: Digest
    password_hash: str
    until: datetime
    most: int  # live sessions of one account

    @property
    def resource(self) -> UUID:
        """The session."""
        return self.session_id


class EndSession(_AccountCommand):
    """退出登录: the session's tokens are no longer good."""

    session_id: UUID
    reason: str

    @property
    def resource(self) -> UUID:
        """The session."""
        return self.session_id


AccountCommand = IssueCode | Activate | ChangePassword | FailLogin | StartSession | EndSession
