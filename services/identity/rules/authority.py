"""Who descends from whom: the table of who may register, appoint and reset, in one place.

    system admin      registers the province bureau as a unit, once
    security admin    gives its unit account the first code, and resets it
    province bureau   registers every other unit, gives or resets any other unit account
    city, county      the same for the units that they supervise (管理权限)
    unit account      appoints and dismisses the unit's admins, resets their passwords
    general admin     appoints department admins, resets the passwords of plain members
    the three         give each other's successors a code: system by security, the others by system

Nobody reaches a person but through the unit of that person.
"""

from collections.abc import Collection, Mapping

from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from libs.events.scope import people_of
from services.identity.state import Person

OFFICES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
BUREAUS = frozenset({Role.PROVINCE_BUREAU, Role.CITY_BUREAU, Role.COUNTY_BUREAU})
MANAGERS = frozenset({Role.UNIT_ADMIN, Role.UNIT_ACCOUNT})
STAFF = MANAGERS | {Role.DEPARTMENT_ADMIN}
PROVINCE = frozenset({Role.PROVINCE_BUREAU})
ONESELF = frozenset({Role.LEARNER})
ASSIGNS = MANAGERS | ONESELF
"""总管理员分配, or 本人自行修改."""
GIVES_CODE_TO_UNITS = BUREAUS | {Role.SECURITY_ADMIN}
AUDITS = frozenset({Role.AUDIT_ADMIN})

REGISTERS: Mapping[Role, Collection[UnitKind]] = {
    Role.SYSTEM_ADMIN: {UnitKind.PROVINCE_BUREAU},
    Role.PROVINCE_BUREAU: set(UnitKind) - {UnitKind.PROVINCE_BUREAU},
    Role.CITY_BUREAU: {UnitKind.COUNTY_BUREAU, UnitKind.EMPLOYER, UnitKind.AGENCY},
    Role.COUNTY_BUREAU: {UnitKind.EMPLOYER, UnitKind.AGENCY},
}

GIVES_CODE_TO: Mapping[Role, Role] = {
    Role.SYSTEM_ADMIN: Role.SECURITY_ADMIN,
    Role.SECURITY_ADMIN: Role.SYSTEM_ADMIN,
    Role.AUDIT_ADMIN: Role.SYSTEM_ADMIN,
}
"""An office, to the office whose holder gives its next holder a code."""
GIVES_CODE_TO_OFFICES = frozenset(GIVES_CODE_TO.values())

OWN_ROLE: Mapping[UnitKind, Role] = {
    UnitKind.PROVINCE_BUREAU: Role.PROVINCE_BUREAU,
    UnitKind.CITY_BUREAU: Role.CITY_BUREAU,
    UnitKind.COUNTY_BUREAU: Role.COUNTY_BUREAU,
    UnitKind.INDUSTRY_AUTHORITY: Role.INDUSTRY_AUTHORITY,
    UnitKind.SERVICE_DESK: Role.SERVICE_DESK,
}
"""The role that staff of such a unit may have beside the admins every unit has."""

SUPERVISES = frozenset({UnitKind.PROVINCE_BUREAU, UnitKind.CITY_BUREAU, UnitKind.COUNTY_BUREAU})
"""The kinds of units that others may be supervised by."""


def sees(actor: Actor, person: Person) -> bool:
    """Whether the person is within the actor's scope (管理范围)."""
    return people_of(actor).allows(person.record)


def roles_of(kind: UnitKind) -> Collection[Role]:
    """The roles that a unit of this kind may appoint to."""
    own = OWN_ROLE.get(kind)
    return {Role.UNIT_ADMIN, Role.DEPARTMENT_ADMIN} | ({own} if own else set())
