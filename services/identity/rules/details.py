"""Why what was typed can't be right: numbers, names, addresses. The values are never repeated."""

from libs.decider import Kind, Rule, conventions
from libs.events.documents import LONGEST_NAME, DocumentKind, Problem
from services.identity.rules import sources

DOCUMENT_INVALID = Rule(
    "document-number-invalid",
    "证件号码不正确",
    conventions.PEOPLE,
    "请对照证件逐位核对号码和证件类型",
    Kind.INVALID,
    "number",
)
NAME_INVALID = Rule(
    "name-invalid",
    "姓名不正确",
    conventions.PEOPLE,
    f"请填写证件上的姓名，1 至 {LONGEST_NAME} 个字，用汉字或字母，不含数字；"
    "各部分之间可用间隔号“·”、空格、连字符“-”、撇号“'”和点“.”，末尾可用点",
    Kind.INVALID,
    "name",
)
MOBILE_INVALID = Rule(
    "mobile-invalid",
    "手机号码不正确",
    conventions.PEOPLE,
    "请填写 11 位中国大陆手机号码",
    Kind.INVALID,
    "mobile",
)
EMAIL_INVALID = Rule(
    "email-invalid",
    "邮箱地址不正确",
    conventions.PEOPLE,
    "请核对邮箱地址，或不填",
    Kind.INVALID,
    "email",
)
NUMBER_IN_NAME = Rule(
    "personal-number-in-name",
    "名称中含有证件号码或手机号码",
    conventions.NUMBERS,
    "请删去号码后再提交",
    Kind.INVALID,
    "name",
)


def document_invalid(kind: DocumentKind, problem: Problem) -> Rule:
    """What is wrong with a number of this kind, and where it stands how such numbers are made."""
    source = sources.OF_NUMBERS.get(kind, DOCUMENT_INVALID.source)
    return DOCUMENT_INVALID.citing(source).because(problem.shown)
