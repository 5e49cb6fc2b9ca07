"""Who sees whose records (管理范围), from the role chosen at login.

Records about people have these columns: person_id, unit_id, department_id, parent_id (the
unit's superior), bureau_id (the unit's supervising bureau). A bureau supervises the units whose
supervising bureau it is (管理权限), never those that are merely located there.
"""

from libs.decider.predicate import AllOf, Everything, Is, Nothing, Predicate
from libs.events.envelope import Actor, Role
from libs.events.roles import seeing


def people_of(actor: Actor) -> Predicate:
    """The people whose records this actor may see."""
    match actor.role:
        case Role.LEARNER:
            return Is("person_id", actor.id)
        case Role.UNIT_ADMIN | Role.UNIT_ACCOUNT:
            return Is("unit_id", actor.unit_id)
        case Role.DEPARTMENT_ADMIN:
            return AllOf((Is("unit_id", actor.unit_id), Is("department_id", actor.department_id)))
        case Role.CITY_BUREAU | Role.COUNTY_BUREAU:
            return Is("bureau_id", actor.unit_id)
        case Role.PROVINCE_BUREAU:
            return Everything()
        case _:
            return Nothing()


SEE_PEOPLE = seeing(people_of)
"""The roles that have people in their scope at all."""
