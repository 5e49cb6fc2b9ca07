"""Why an account's command is refused."""

from libs.decider import Kind, Rule, conventions
from libs.events.envelope import Role
from libs.events.identity import Way
from services.identity.commands import (
    AccountCommand,
    Activate,
    ChangePassword,
    EndSession,
    IssueCode,
)
from services.identity.rules import sources
from services.identity.state import Account, IdentityFacts

LOGIN_WRONG = Rule(
    "login-wrong",
    "证件号码（或统一社会信用代码）或密码不正确，或账号尚未激活、已暂时锁定",
    conventions.SIGN_IN,
    "请核对后重试；首次登录请先用激活码激活，忘记密码请按规定重置",
    Kind.UNKNOWN_CALLER,
)
LOCKED = Rule(
    "account-locked",
    "连续多次密码或验证码错误，账号已暂时锁定",
    conventions.SIGN_IN,
    "请在锁定期满后再试",
)
"""Told to who is logged in alone: of any number it would say that it is registered."""
PRESENT_WRONG = Rule(
    "present-password-wrong",
    "原密码不正确",
    conventions.SIGN_IN,
    "请核对原密码后重试；忘记原密码的，请退出登录后按规定重置",
    Kind.INVALID,
    "present",
)
ROLE_NOT_HELD = Rule(
    "role-not-held",
    "您没有所选的登录身份",
    conventions.PEOPLE,
    "请选择其他身份登录，或联系单位账号新增管理员",
    Kind.FORBIDDEN,
    "role",
)
LOGIN_NOT_ALLOWED = Rule(
    "login-not-allowed",
    "单位未勾选“允许登录系统”",
    sources.ADMINS,
    "请联系单位账号勾选“允许登录系统”",
    Kind.FORBIDDEN,
)
CODE_WRONG = Rule(
    "code-wrong",
    "激活码或验证码不正确、已使用或已过期，或账号已暂时锁定",
    conventions.SIGN_IN,
    "请核对后重试，或请发放人重新发放",
    Kind.UNKNOWN_CALLER,
    "code",
)
CODE_TOO_SOON = Rule(
    "code-too-soon",
    "验证码刚刚发送过",
    conventions.SIGN_IN,
    "请稍后再申请",
    Kind.CONFLICT,
)
SESSION_UNKNOWN = Rule(
    "session-unknown",
    "登录已失效",
    conventions.SIGN_IN,
    "请重新登录",
    Kind.UNKNOWN_CALLER,
)
PASSWORD_WEAK = Rule(
    "password-weak",
    "密码强度不足",
    conventions.SIGN_IN,
    "请用 8 至 128 个字符，含大写字母、小写字母、数字、符号中的三类，"
    "不得含证件号码后六位、姓名拼音，不得为常见密码",
    Kind.INVALID,
    "password",
)
PASSWORD_SAME = Rule(
    "password-same",
    "新密码与现密码相同",
    conventions.SIGN_IN,
    "请设置不同的密码",
    Kind.INVALID,
    "password",
)


def not_locked(command: AccountCommand, state: Account, _facts: IdentityFacts) -> Rule | None:
    """Locked: nobody gets in, and nobody hears whether a secret is the right one."""
    return LOCKED if state.locked(command.envelope.at) else None


def code_good(command: Activate, _state: Account, facts: IdentityFacts) -> Rule | None:
    """The code was made for this account, is unused and not outdated."""
    pending = facts.pending.get((command.account_id, command.way))
    if pending is None or pending.activation_id != command.activation_id:
        return CODE_WRONG
    return CODE_WRONG if pending.until <= command.envelope.at else None


def password_strong(
    command: Activate | ChangePassword, _state: Account, _facts: IdentityFacts
) -> Rule | None:
    """Nothing of the holder is in it: judged last, since it tells of the holder."""
    return PASSWORD_WEAK if command.about_holder else None


def not_too_soon(command: IssueCode, state: Account, _facts: IdentityFacts) -> Rule | None:
    """A mobile is not sent one code after another."""
    last = state.mobile_code_until
    if command.way is not Way.MOBILE or last is None:
        return None
    return CODE_TOO_SOON if command.until - last < command.pause else None


def ends_own_or_as_service(
    command: EndSession, _state: Account, _facts: IdentityFacts
) -> Rule | None:
    """A session is ended by its holder, by the security admin, or by time."""
    actor = command.envelope.actor
    if actor.id == command.account_id or actor.role in (Role.SERVICE, Role.SECURITY_ADMIN):
        return None
    return SESSION_UNKNOWN


def known_session(command: EndSession, state: Account, _facts: IdentityFacts) -> Rule | None:
    """There is such a live session."""
    return None if command.session_id in state.sessions else SESSION_UNKNOWN


ON_ACTIVATE = (not_locked, code_good, password_strong)
ON_CHANGE_PASSWORD = (not_locked, password_strong)
ON_FAIL = (not_locked,)
ON_ISSUE = (not_too_soon,)
ON_END_SESSION = (ends_own_or_as_service, known_session)
