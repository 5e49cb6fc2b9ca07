"""Refusals of the platform itself, the same for every context."""

from libs.decider import Kind, Rule, conventions
from libs.decider.refusals import BEHIND, NOT_FOUND, ROLE_NOT_ALLOWED

__all__ = ["BEHIND", "NOT_FOUND", "ROLE_NOT_ALLOWED"]


KEY_REUSED = Rule(
    "key-reused",
    "同一幂等键已用于另一内容的请求",
    conventions.IDEMPOTENCE,
    "请为新的请求使用新的 Idempotency-Key",
    Kind.INVALID,
    "Idempotency-Key",
)
KEY_MISSING = Rule(
    "key-missing",
    "缺少幂等键",
    conventions.IDEMPOTENCE,
    "请在请求头 Idempotency-Key 中给出 8 至 128 位可见字符",
    Kind.MALFORMED,
    "Idempotency-Key",
)
STALE = Rule(
    "stale-version",
    "内容已被他人修改",
    conventions.IDEMPOTENCE,
    "他人刚刚作了修改，请刷新页面，核对后再次提交",
    Kind.STALE,
)
IF_MATCH_MALFORMED = Rule(
    "if-match-malformed",
    "If-Match 不是本平台给出的 ETag",
    conventions.IDEMPOTENCE,
    "请原样使用查询时得到的 ETag",
    Kind.MALFORMED,
    "If-Match",
)
IF_MATCH_OF_NOTHING = Rule(
    "if-match-of-nothing",
    "此操作不针对某一条已有记录，不能使用 If-Match",
    conventions.IDEMPOTENCE,
    "请去掉 If-Match，或逐条办理",
    Kind.MALFORMED,
    "If-Match",
)
TOO_LARGE = Rule(
    "event-too-large",
    "单个事件超过 256 KB",
    conventions.SIZES,
    "请分批提交",
    Kind.INVALID,
)
BODY_TOO_LARGE = Rule(
    "body-too-large",
    "请求内容过大",
    conventions.SIZES,
    "请按接口说明的大小分次提交",
    Kind.OVERSIZED,
)
BODY_TOO_SLOW = Rule(
    "body-too-slow",
    "请求内容未在规定时间内传完",
    conventions.SIZES,
    "请检查网络后重试，不会重复办理",
    Kind.MALFORMED,
)
BODY_INVALID = Rule(
    "body-invalid",
    "请求内容不符合接口说明",
    conventions.INTERFACE,
    "请对照接口说明逐项更正",
    Kind.INVALID,
)
TOKEN_EXPIRED = Rule(
    "token-expired",
    "登录令牌已过期",
    conventions.SIGN_IN,
    "请用登录时取得的 secret 续期（POST /identity/sessions/renewals）；不能续期的，请重新登录",
    Kind.UNKNOWN_CALLER,
)
TOKEN_MISSING = Rule(
    "token-missing",
    "未登录或登录已失效",
    conventions.SIGN_IN,
    "请重新登录",
    Kind.UNKNOWN_CALLER,
)
BUSY = Rule(
    "busy",
    "系统繁忙，请求未受理",
    conventions.IDEMPOTENCE,
    "请稍后重试，不会重复办理",
    Kind.BEHIND,
)
OUTCOME_UNKNOWN = Rule(
    "outcome-unknown",
    "办理结果未知",
    conventions.IDEMPOTENCE,
    "请重试一次，不会重复办理；或刷新页面查看结果",
    Kind.BEHIND,
)
NO_SUCH_OPERATION = Rule(
    "no-such-operation",
    "没有此接口或方法",
    conventions.INTERFACE,
    "请查阅接口说明",
    Kind.UNKNOWN,
)
FAILED = Rule(
    "failed",
    "系统未能完成此请求，内容未作任何改变",
    conventions.IDEMPOTENCE,
    "请稍后重试，不会重复办理；仍不成功请联系客服",
    Kind.BEHIND,
)
CURSOR_INVALID = Rule(
    "cursor-invalid",
    "翻页位置已失效",
    conventions.INTERFACE,
    "请从第一页重新查询",
    Kind.MALFORMED,
    "cursor",
)
