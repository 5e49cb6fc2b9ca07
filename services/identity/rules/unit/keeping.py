"""Why a department or a title of a unit stays as it is."""

from libs.decider import Rule
from libs.events.roles import for_these
from services.identity.commands import (
    AddDepartment,
    CloseDepartment,
    DesignateBase,
    EndBaseDesignation,
)
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.rules.unit.reasons import (
    BASE_HELD,
    BASE_NOT_HELD,
    DEPARTMENT_HAS_ADMINS,
    DEPARTMENT_TAKEN,
    DEPARTMENT_UNKNOWN,
)
from services.identity.rules.unit.registering import is_registered
from services.identity.state import IdentityFacts, Unit


def by_own_managers(
    command: AddDepartment | CloseDepartment, _state: Unit, _facts: IdentityFacts
) -> Rule | None:
    """The unit account or the general admin keeps departments."""
    actor = command.envelope.actor
    mine = actor.role in authority.MANAGERS and actor.unit_id == command.unit_id
    return None if mine else for_these(NOT_YOUR_TASK, authority.MANAGERS, "该单位的")


def department_new(command: AddDepartment, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """No two open departments of one name."""
    taken = command.name in state.open_departments.values()
    return DEPARTMENT_TAKEN if taken or command.department_id in state.departments else None


def department_open(command: CloseDepartment, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """There is one to close."""
    return None if command.department_id in state.open_departments else DEPARTMENT_UNKNOWN


def no_admins_left(command: CloseDepartment, _state: Unit, facts: IdentityFacts) -> Rule | None:
    """Its admins have been moved or dismissed before."""
    return DEPARTMENT_HAS_ADMINS if facts.heads.get(command.department_id) else None


def by_province(
    command: DesignateBase | EndBaseDesignation, _state: Unit, _facts: IdentityFacts
) -> Rule | None:
    """The province bureau keeps the list of bases."""
    may = command.envelope.actor.role in authority.PROVINCE
    return None if may else for_these(NOT_YOUR_TASK, authority.PROVINCE)


def base_new(command: DesignateBase, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """Each level once."""
    return BASE_HELD if command.level in state.bases else None


def base_held(command: EndBaseDesignation, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """There is a title to end."""
    return None if command.level in state.bases else BASE_NOT_HELD


ON_ADD_DEPARTMENT = (by_own_managers, is_registered, department_new)


ON_CLOSE_DEPARTMENT = (by_own_managers, is_registered, department_open, no_admins_left)


ON_DESIGNATE = (by_province, is_registered, base_new)


ON_END_DESIGNATION = (by_province, is_registered, base_held)
