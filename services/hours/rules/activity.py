"""What a claim may say: the year's law, its days, its hours, its words."""

from libs.decider import Kind, Rule, conventions
from libs.events.hours import Activity
from libs.events.numbers import names_somebody
from libs.policy import Credit, Law, Says, Status, china_half_day, quantities
from libs.policy.recognition import Recognition, holds
from services.hours.commands import AmendClaim, ClaimHours, SubmitClaim
from services.hours.rules import deadlines
from services.hours.rules.known import claim_of, law_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PersonYear

Registering = ClaimHours | AmendClaim

NOT_A_CLAIM = Rule(
    "not-a-claim",
    "该科目学时自动计入，无需登记",
    conventions.CLAIMS,
    "请查询学时档案",
    Kind.INVALID,
    "rule",
)
UNKNOWN_RULE = Rule(
    "unknown-rule",
    "没有此类别的专业科目学时认定方式",
    conventions.CLAIMS,
    "请在本年度政策列出的类别中选择",
    Kind.INVALID,
    "rule",
)
NOT_PROMISED = Rule(
    "not-promised",
    "未勾选“本人承诺以上信息属实”",
    conventions.CLAIMS,
    "请核对内容后勾选承诺",
    Kind.INVALID,
    "promised",
)
ENDS_BEFORE_IT_BEGINS = Rule(
    "ends-before-it-begins",
    "结束时间早于开始时间",
    conventions.CLAIMS,
    "请更正起止时间",
    Kind.INVALID,
    "ended",
)
NOT_OVER_YET = Rule(
    "not-over-yet",
    "活动尚未结束，不能登记",
    conventions.CLAIMS,
    "请在活动结束后登记",
    Kind.INVALID,
    "ended",
)
OTHER_YEAR = Rule(
    "other-year",
    "不能跨年登记",
    conventions.CLAIMS,
    "请登记到活动所在的年度",
    Kind.INVALID,
    "ended",
)
CROSSES_THE_YEAR = Rule(
    "crosses-the-year",
    "活动跨年，不能登记为一条",
    conventions.CLAIMS,
    "请按年度拆分为两条，分别登记",
    Kind.INVALID,
    "ended",
)
NO_EVIDENCE = Rule(
    "evidence-required",
    "该类别须提供佐证材料，方可提交审核",
    conventions.CLAIMS,
    "请上传佐证材料并修改登记后再提交",
    Kind.INVALID,
    "evidence",
)
HOURS_NOT_STATED = Rule(
    "hours-not-stated",
    "该类别须填写申请学时",
    conventions.CLAIMS,
    "请根据文件要求及实际情况填写；培训进修可不填，由系统按半天计算",
    Kind.INVALID,
    "hours",
)


def _recognition(command: Registering, law: Law) -> Recognition | None:
    ways = law.pack.entering("claim")
    return next((way for way in ways if way.rule == command.activity.rule), None)


def _comes_by_itself(law: Law, category: str) -> bool:
    """Whether every kind of hours under a subject enters the ledger by a course."""
    ways = [way for way in law.pack.recognition if holds(category, way.category)]
    return bool(ways) and all(way.enters == "course" for way in ways)


def kind_is_claimable(command: Registering, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """A kind of the year's notice that people claim, under its own subject."""
    law, activity = law_of(command, facts), command.activity
    if _comes_by_itself(law, activity.category):
        return law.pack.citing(NOT_A_CLAIM, Says.NO_CLAIM_FOR_PUBLIC)
    found = _recognition(command, law)
    if found is None or found.category != activity.category:
        return UNKNOWN_RULE
    return None


def promise_is_given(command: Registering, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Who registers vouches for it."""
    if isinstance(command, ClaimHours) and not command.promised:
        return law_of(command, facts).pack.citing(NOT_PROMISED, Says.PROMISE)
    return None


def days_are_in_order(command: Registering, _state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """It ends after it begins; its last half-day has come."""
    activity = command.activity
    if activity.ended < activity.began:
        return ENDS_BEFORE_IT_BEGINS
    return NOT_OVER_YET if activity.ended > china_half_day(command.envelope.at) else None


def year_is_credited(command: Registering, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Nothing is registered across years."""
    law, activity = law_of(command, facts), command.activity
    found = _recognition(command, law)
    match found.credit(command.year, activity.began, activity.ended) if found else None:
        case Credit.CROSSES:
            return law.pack.citing(CROSSES_THE_YEAR, Says.OWN_YEAR)
        case Credit.OUTSIDE:
            return law.pack.citing(OTHER_YEAR, Says.OWN_YEAR)
    return None


def hours_are_possible(command: Registering, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """More than none, in whole steps, no more than the days can hold. A cap is no refusal."""
    law, activity = law_of(command, facts), command.activity
    hours, found = law.pack.hours, _recognition(command, law)
    if command.prefilled and found is not None and not found.by_half_days:
        return law.pack.citing(HOURS_NOT_STATED, Says.PREFILLED)
    most = hours.most(found, activity.began, activity.ended) if found else None
    return quantities.amiss(activity.hours, hours, most)


def prefilled(command: Registering, facts: HoursFacts) -> Activity:
    """The activity with its hours: 每半天4学时 where none are stated for one that goes by time."""
    law, activity = law_of(command, facts), command.activity
    found = _recognition(command, law)
    if not command.prefilled or found is None or not found.by_half_days:
        return activity
    hours = law.pack.hours.prefilled(activity.began, max(activity.began, activity.ended))
    return activity.model_copy(update={"hours": hours})


def words_name_nobody(command: Registering, _state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """Numbers of people have no place in free text."""
    activity = command.activity
    words = {
        "name": activity.name,
        "organiser": activity.organiser,
        "form": activity.form,
        "result": activity.result,
        "content": command.content,
    }
    named = (names_somebody(text, field) for field, text in words.items())
    return next((broken for broken in named if broken), None)


def evidence_is_there(command: SubmitClaim, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Where a person decides the quantity, there is something to decide by; so too where a
    document that was read demands it. What only others quote is asked for and refuses nobody."""
    activity = claim_of(command, state).activity
    rule = law_of(command, facts).pack.rule(activity.rule)
    demanded = rule.evidence
    if activity.evidence or demanded is None:
        return None
    if not rule.decided_by_person and demanded.status is not Status.VERIFIED:
        return None
    listed = "；".join(demanded.value)
    if demanded.status is Status.VERIFIED:
        return NO_EVIDENCE.citing(demanded.source).because(listed)
    return NO_EVIDENCE.because(f"{listed}（参照{demanded.source}，未经核实）")


ON_REGISTERING = (
    kind_is_claimable,
    promise_is_given,
    days_are_in_order,
    year_is_credited,
    hours_are_possible,
    words_name_nobody,
    deadlines.in_the_window,
)
