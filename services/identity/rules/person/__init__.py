"""Why a command about a person is refused."""

from services.identity.rules.person.changing import ON_CORRECT, ON_DETAILS, ON_ERASE
from services.identity.rules.person.joining import (
    ON_ANSWER,
    ON_ASSIGN,
    ON_ENROL,
    ON_REGISTER,
    ON_TRANSFER,
)
from services.identity.rules.person.reasons import (
    ADMIN_BY_OTHERS,
    DEPARTMENT_FOREIGN,
    ELSEWHERE,
    GONE,
    NOT_A_MEMBER,
    NOT_ONESELF,
    NOT_PENDING,
    NOT_YOUR_TASK,
    NOT_YOURS,
    NOTHING_CHANGES,
    NUMBER_OF_ANOTHER_NAME,
    NUMBER_REGISTERED,
    SAME_UNIT,
    UNIT_UNKNOWN,
)

__all__ = [
    "ADMIN_BY_OTHERS",
    "DEPARTMENT_FOREIGN",
    "ELSEWHERE",
    "GONE",
    "NOTHING_CHANGES",
    "NOT_A_MEMBER",
    "NOT_ONESELF",
    "NOT_PENDING",
    "NOT_YOURS",
    "NOT_YOUR_TASK",
    "NUMBER_OF_ANOTHER_NAME",
    "NUMBER_REGISTERED",
    "ON_ANSWER",
    "ON_ASSIGN",
    "ON_CORRECT",
    "ON_DETAILS",
    "ON_ENROL",
    "ON_ERASE",
    "ON_REGISTER",
    "ON_TRANSFER",
    "SAME_UNIT",
    "UNIT_UNKNOWN",
]
