"""Why a command about a unit is refused."""

from services.identity.rules.unit.keeping import (
    ON_ADD_DEPARTMENT,
    ON_CLOSE_DEPARTMENT,
    ON_DESIGNATE,
    ON_END_DESIGNATION,
)
from services.identity.rules.unit.reasons import (
    BASE_HELD,
    BASE_NOT_HELD,
    BUREAU_NOT_OWN,
    BUREAU_UNKNOWN,
    CODE_INVALID,
    CODE_TAKEN,
    DEPARTMENT_HAS_ADMINS,
    DEPARTMENT_TAKEN,
    DEPARTMENT_UNKNOWN,
    NAME_SAME,
    ONE_PROVINCE,
    PARENT_UNKNOWN,
    UNIT_NOT_IN_SCOPE,
)
from services.identity.rules.unit.registering import ON_REGISTER, ON_RENAME, supervises

__all__ = [
    "BASE_HELD",
    "BASE_NOT_HELD",
    "BUREAU_NOT_OWN",
    "BUREAU_UNKNOWN",
    "CODE_INVALID",
    "CODE_TAKEN",
    "DEPARTMENT_HAS_ADMINS",
    "DEPARTMENT_TAKEN",
    "DEPARTMENT_UNKNOWN",
    "NAME_SAME",
    "ONE_PROVINCE",
    "ON_ADD_DEPARTMENT",
    "ON_CLOSE_DEPARTMENT",
    "ON_DESIGNATE",
    "ON_END_DESIGNATION",
    "ON_REGISTER",
    "ON_RENAME",
    "PARENT_UNKNOWN",
    "UNIT_NOT_IN_SCOPE",
    "supervises",
]
