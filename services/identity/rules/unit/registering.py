"""Why a unit is not registered or renamed."""

from libs.decider import Rule
from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from libs.events.roles import for_these
from services.identity.commands import RegisterUnit, RenameUnit, UnitCommand
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.rules.unit.reasons import (
    BUREAU_NOT_OWN,
    BUREAU_UNKNOWN,
    CODE_TAKEN,
    NAME_SAME,
    ONE_PROVINCE,
    PARENT_UNKNOWN,
    UNIT_NOT_IN_SCOPE,
)
from services.identity.state import IdentityFacts, Unit


def may_register(command: RegisterUnit, _state: Unit, _facts: IdentityFacts) -> Rule | None:
    """By the table of descent."""
    may = {role for role, kinds in authority.REGISTERS.items() if command.kind in kinds}
    return None if command.envelope.actor.role in may else for_these(NOT_YOUR_TASK, may)


def one_province(command: RegisterUnit, _state: Unit, facts: IdentityFacts) -> Rule | None:
    """There is one province bureau."""
    there = command.kind is UnitKind.PROVINCE_BUREAU and facts.kinds.get(command.kind)
    return ONE_PROVINCE if there else None


def code_free(command: RegisterUnit, state: Unit, facts: IdentityFacts) -> Rule | None:
    """One unit a code."""
    taken = command.code in facts.codes or state.registered is not None
    return CODE_TAKEN if taken else None


def bureau_known(command: RegisterUnit, _state: Unit, facts: IdentityFacts) -> Rule | None:
    """Supervised by a bureau that is known; the province bureau by itself."""
    if command.kind is UnitKind.PROVINCE_BUREAU:
        return None if command.bureau_id == command.unit_id else BUREAU_UNKNOWN
    bureau = facts.units.get(command.bureau_id)
    good = bureau is not None and bureau.kind in authority.SUPERVISES
    return None if good else BUREAU_UNKNOWN


def bureau_own(command: RegisterUnit, _state: Unit, _facts: IdentityFacts) -> Rule | None:
    """A city or county registers what it supervises itself."""
    actor = command.envelope.actor
    if actor.role not in (Role.CITY_BUREAU, Role.COUNTY_BUREAU):
        return None
    return None if actor.unit_id == command.bureau_id else BUREAU_NOT_OWN


def parent_known(command: RegisterUnit, _state: Unit, facts: IdentityFacts) -> Rule | None:
    """The superior, if any, is known."""
    if command.parent_id is None or command.parent_id in facts.units:
        return None
    return PARENT_UNKNOWN


def is_registered(_command: UnitCommand, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """There is such a unit."""
    return UNIT_NOT_IN_SCOPE if state.registered is None else None


def supervised(command: UnitCommand, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """By the province, or by the bureau that supervises the unit."""
    return None if supervises(command.envelope.actor, state) else UNIT_NOT_IN_SCOPE


def supervises(actor: Actor, state: Unit) -> bool:
    """Whether the actor's bureau supervises the unit (管理权限)."""
    if state.registered is None:
        return False
    if actor.role is Role.PROVINCE_BUREAU:
        return True
    city_or_county = actor.role in (Role.CITY_BUREAU, Role.COUNTY_BUREAU)
    return city_or_county and actor.unit_id == state.registered.bureau_id


def new_name(command: RenameUnit, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """A rename changes something."""
    return NAME_SAME if command.name == state.name else None


ON_REGISTER = (may_register, one_province, code_free, bureau_own, bureau_known, parent_known)


ON_RENAME = (is_registered, supervised, new_name)
