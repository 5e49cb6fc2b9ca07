"""Why nobody is appointed, moved, dismissed, or let into one of the three offices."""

from services.identity.rules.admins.appointing import OF_A_UNIT, ON_APPOINT, ON_CHANGE, ON_SCOPE
from services.identity.rules.admins.offices import ON_LEAVE_OFFICE, ON_TAKE_OFFICE
from services.identity.rules.admins.reasons import (
    ALREADY_APPOINTED,
    DEPARTMENT_WANTED,
    NOT_A_MEMBER_HERE,
    NOT_A_ROLE_HERE,
    NOT_APPOINTED,
    ONE_OF_THREE,
)

__all__ = [
    "ALREADY_APPOINTED",
    "DEPARTMENT_WANTED",
    "NOT_APPOINTED",
    "NOT_A_MEMBER_HERE",
    "NOT_A_ROLE_HERE",
    "OF_A_UNIT",
    "ONE_OF_THREE",
    "ON_APPOINT",
    "ON_CHANGE",
    "ON_LEAVE_OFFICE",
    "ON_SCOPE",
    "ON_TAKE_OFFICE",
]
