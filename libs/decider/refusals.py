"""Refusals of the platform that every context shares, whatever it decides."""

from datetime import UTC, datetime

from libs.decider import conventions
from libs.decider.rule import Kind, Rule

ROLE_NOT_ALLOWED = Rule(
    "role-not-allowed",
    "当前登录身份无权办理此事项",
    conventions.ROLES,
    "请以有权的身份登录后办理",
    Kind.FORBIDDEN,
)
NOT_FOUND = Rule(
    "not-found",
    "没有此记录，或不在您的管理范围内",
    conventions.ROLES,
    "请核对编号",
    Kind.UNKNOWN,
)
BEHIND = Rule(
    "not-heard-of-yet",
    "相关信息尚未同步到本服务",
    conventions.NOT_HEARD_OF,
    "信息同步一般只需数秒，请稍后重试",
    Kind.BEHIND,
)
PERSONAL_NUMBER = Rule(
    "personal-number",
    "内容中含有身份证号码或手机号码",
    conventions.NUMBERS,
    "请删去号码后再保存；人员和联系方式只填写在相应栏目",
    Kind.INVALID,
)
OPINION_MISSING = Rule(
    "opinion-missing",
    "不通过或不予认定须填写意见",
    conventions.REASONS,
    "请在意见中说明原因",
    Kind.INVALID,
    "opinion",
)
REASON_MISSING = Rule(
    "reason-missing",
    "办理此事项须说明原因",
    conventions.REASONS,
    "请填写原因",
    Kind.INVALID,
    "reason",
)

EVERYTHING = datetime.max.replace(tzinfo=UTC)
"""As of this instant nothing is under way any more."""


def unless_on_its_way(rule: Rule, asked: datetime, heard: datetime | None) -> Rule:
    """This refusal of something unknown, if the other contexts have been heard up to the instant
    at which it was asked for; else BEHIND: what is unknown may be on its way."""
    return rule if heard is not None and heard >= asked else BEHIND
