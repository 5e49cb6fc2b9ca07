"""An account as far as decisions need it: is it locked, what sessions live."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from libs.events.envelope import Role


@dataclass(frozen=True, slots=True)
class Session:
    """A live session: the role chosen at login, and until when it may be renewed."""

    role: Role
    unit_id: UUID | None
    department_id: UUID | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who logs in: a person, or a unit."""

    activated: bool = False  # the holder has set a password
    coded: bool = False  # there was a one-time code before
    failures: int = 0  # since the last success
    locked_until: datetime | None = None
    mobile_code_until: datetime | None = None
    sessions: Mapping[UUID, Session] = field(default_factory=dict)

    def locked(self, at: datetime) -> bool:
        """Whether nobody gets in now, also with the right password."""
        return self.locked_until is not None and at < self.locked_until
