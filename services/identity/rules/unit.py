"""Why a command about a unit is refused."""

from libs.decider import Kind, Rule
from libs.events.envelope import Actor, Role
from libs.events.identity import UnitKind
from services.identity.commands import (
    AddDepartment,
    CloseDepartment,
    DesignateBase,
    EndBaseDesignation,
    RegisterUnit,
    RenameUnit,
    UnitCommand,
)
from services.identity.rules import authority, sources
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.state import IdentityFacts, Unit

UNIT_NOT_IN_SCOPE = Rule(
    "unit-not-in-scope",
    "没有此单位，或不在您的管理范围内",
    sources.AUDITOR,
    "请核对单位；人社部门按管理权限办理",
    Kind.UNKNOWN,
)
CODE_TAKEN = Rule(
    "unit-code-taken",
    "该统一社会信用代码的单位已注册",
    sources.UNIT_CODE,
    "请按名称查询该单位；一个单位只有一个账号，基地资格在单位上认定",
    Kind.CONFLICT,
    "code",
)
CODE_INVALID = Rule(
    "unit-code-invalid",
    "统一社会信用代码的字符或校验位不正确",
    sources.UNIT_CODE,
    "请对照登记证书逐位核对 18 位代码",
    Kind.INVALID,
    "code",
)
ONE_PROVINCE = Rule(
    "one-province-bureau",
    "自治区人社厅已注册",
    sources.OFFICES,
    "一个平台只有一个省级主管部门",
)
BUREAU_UNKNOWN = Rule(
    "bureau-unknown",
    "没有此主管部门，或该单位不是人社部门",
    sources.AUDITOR,
    "请选择已注册的自治区、市或县（区）人社部门",
    Kind.INVALID,
    "bureau_id",
)
BUREAU_NOT_OWN = Rule(
    "bureau-not-own",
    "市、县（区）人社部门只能注册本部门主管的单位",
    sources.AUDITOR,
    "请由该单位的主管部门注册",
    Kind.FORBIDDEN,
    "bureau_id",
)
PARENT_UNKNOWN = Rule(
    "parent-unknown",
    "没有此上级单位",
    sources.AUDITOR,
    "请先注册上级单位，或不填",
    Kind.INVALID,
    "parent_id",
)
NAME_SAME = Rule(
    "name-same", "单位名称没有变化", sources.AUDITOR, "无需更改", Kind.CONFLICT, "name"
)
DEPARTMENT_TAKEN = Rule(
    "department-name-taken",
    "本单位已有同名部门",
    sources.DEPARTMENTS,
    "请使用不同的部门名称",
    Kind.CONFLICT,
    "name",
)
DEPARTMENT_UNKNOWN = Rule(
    "department-unknown",
    "本单位没有此部门，或已撤销",
    sources.DEPARTMENTS,
    "请重新查询本单位部门",
    Kind.UNKNOWN,
)
DEPARTMENT_HAS_ADMINS = Rule(
    "department-has-admins",
    "该部门还有二级管理员",
    sources.DEPARTMENTS,
    "请先为二级管理员分配其他部门，或撤销",
)
BASE_HELD = Rule(
    "base-held",
    "该单位已有此级别的基地资格",
    sources.BASES,
    "同一级别只认定一次；国家级和自治区级可以并存（双基地）",
)
BASE_NOT_HELD = Rule(
    "base-not-held", "该单位没有此级别的基地资格", sources.BASES, "请核对", Kind.UNKNOWN
)


def may_register(command: RegisterUnit, _state: Unit, _facts: IdentityFacts) -> Rule | None:
    """By the table of descent."""
    kinds = authority.REGISTERS.get(command.envelope.actor.role, ())
    return None if command.kind in kinds else NOT_YOUR_TASK


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


def by_own_managers(
    command: AddDepartment | CloseDepartment, _state: Unit, _facts: IdentityFacts
) -> Rule | None:
    """The unit account or the general admin keeps departments."""
    actor = command.envelope.actor
    mine = actor.role in authority.MANAGERS and actor.unit_id == command.unit_id
    return None if mine else NOT_YOUR_TASK


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
    return None if command.envelope.actor.role is Role.PROVINCE_BUREAU else NOT_YOUR_TASK


def base_new(command: DesignateBase, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """Each level once."""
    return BASE_HELD if command.level in state.bases else None


def base_held(command: EndBaseDesignation, state: Unit, _facts: IdentityFacts) -> Rule | None:
    """There is a title to end."""
    return None if command.level in state.bases else BASE_NOT_HELD


ON_REGISTER = (may_register, one_province, code_free, bureau_known, bureau_own, parent_known)
ON_RENAME = (is_registered, supervised, new_name)
ON_ADD_DEPARTMENT = (is_registered, by_own_managers, department_new)
ON_CLOSE_DEPARTMENT = (is_registered, by_own_managers, department_open, no_admins_left)
ON_DESIGNATE = (by_province, is_registered, base_new)
ON_END_DESIGNATION = (by_province, is_registered, base_held)
