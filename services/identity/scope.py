"""Which units an actor may see: the same rule for one unit and for a list."""

from libs.decider.predicate import AnyOf, Everything, Is, Nothing, Predicate
from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from libs.events.roles import seeing


def units_of(actor: Actor) -> Predicate:
    """By columns unit_id, bureau_id, kind."""
    match actor.role:
        case Role.PROVINCE_BUREAU:
            return Everything()
        case Role.CITY_BUREAU | Role.COUNTY_BUREAU:
            return AnyOf((Is("bureau_id", actor.unit_id), Is("unit_id", actor.unit_id)))
        case Role.SYSTEM_ADMIN | Role.SECURITY_ADMIN:
            return Is("kind", UnitKind.PROVINCE_BUREAU.value)
        case Role.AUDIT_ADMIN | Role.SERVICE:
            return Nothing()
        case _:
            return Is("unit_id", actor.unit_id)


SEE_UNITS = seeing(units_of)
"""The roles that may have some in it."""
