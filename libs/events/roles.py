"""登录身份: the roles by their official terms, and who may be told to do what another may not."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from libs.decider import Refused, Rule, refusals
from libs.decider.predicate import Nothing, Predicate
from libs.events.envelope import Actor, Role

OFFICIAL: Mapping[Role, str] = {
    Role.LEARNER: "专业技术人员",
    Role.UNIT_ACCOUNT: "单位账号",
    Role.UNIT_ADMIN: "单位总管理员",
    Role.DEPARTMENT_ADMIN: "二级管理员",
    Role.INDUSTRY_AUTHORITY: "行业主管部门",
    Role.CITY_BUREAU: "市人力资源社会保障局",
    Role.COUNTY_BUREAU: "县级人力资源社会保障部门",
    Role.PROVINCE_BUREAU: "自治区人力资源社会保障厅",
    Role.SERVICE_DESK: "自治区人力资源和社会保障培训中心",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SERVICE: "平台服务",
}
"""As the glossary has them; a test holds the two together."""

EVERYBODY = frozenset(Role) - {Role.SERVICE}
"""Who can log in."""


def ordered(roles: Collection[Role]) -> list[Role]:
    """From the learner upwards, each once."""
    return [role for role in Role if role in roles]


def named(roles: Collection[Role]) -> str:
    """By their official terms: 单位账号、单位总管理员或二级管理员."""
    terms = [OFFICIAL[role] for role in ordered(set(roles) & EVERYBODY)]
    return "或".join(filter(None, ("、".join(terms[:-1]), terms[-1])))


def for_these(rule: Rule, roles: Collection[Role], whose: str = "") -> Rule:
    """The refusal of a role, whose remedy names the roles that may: at least one that logs in.
    `whose`: of which unit, such as 该单位的."""
    return rule.remedied(f"请由{whose}{named(roles)}办理")


def seeing(scope: Callable[[Actor], Predicate]) -> frozenset[Role]:
    """The roles in which this scope holds anything at all."""
    some = UUID(int=1)
    return frozenset(r for r in EVERYBODY if scope(Actor(some, r, some, some)) != Nothing())


def bureau_of(actor: Actor) -> UUID:
    """The bureau for which an official acts. Refused: ROLE_NOT_ALLOWED of one who acts for none."""
    if actor.unit_id is None:
        raise Refused(refusals.ROLE_NOT_ALLOWED)
    return actor.unit_id
