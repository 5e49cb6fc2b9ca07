"""What the province may grant, refuse and withdraw."""

from libs.decider import Kind, Rule, conventions, refusals
from libs.decider.refusals import OPINION_MISSING, REASON_MISSING
from libs.events.numbers import names_somebody
from libs.events.values import HalfDay, Hours
from libs.policy import Law, quantities
from services.filing.commands import (
    FilingCommand,
    GrantRecognition,
    RefuseRecognition,
    WithdrawRecognition,
)
from services.filing.rules.known import law_of_its_year, submitted_of
from services.filing.state.filing import Filing, Recognition
from services.filing.state.known import FilingFacts

NOT_REQUESTED = Rule(
    "not-requested",
    "该培训班没有待认定的学时申请",
    conventions.RECOGNITION,
    "请在待认定列表中核对",
)
NOT_GRANTED = Rule(
    "not-granted", "该培训班的学时未认定，不能撤销", conventions.RECOGNITION, "请核对培训班"
)
UNKNOWN_ROW = Rule(
    "unknown-row",
    "名单中没有此行",
    conventions.RECOGNITION,
    "请按名单的行号填写",
    Kind.INVALID,
    "left_out",
)
NOBODY_LEFT = Rule(
    "nobody-left",
    "名单中的人员已全部排除",
    conventions.RECOGNITION,
    "全部不予认定的，请不予认定并填写意见",
    Kind.INVALID,
    "left_out",
)
MORE_THAN_FILED = Rule(
    "more-than-filed",
    "认定学时不能超过备案学时",
    conventions.RECOGNITION,
    "请填写不超过备案学时的学时",
    Kind.INVALID,
    "hours",
)
HOURS_TO_BE_STATED = Rule(
    "hours-to-be-stated",
    "备案学时多于按起止时间每半天计算的学时，须写明认定学时",
    conventions.RECOGNITION,
    "请核对备案登记表、名单与培训安排，填写认定学时，不超过备案学时",
    Kind.INVALID,
    "hours",
)
YEAR_NOT_PUBLISHED = Rule(
    "class-year-not-published",
    "培训班结束时间所在年度的继续教育政策尚未发布，暂不能认定学时",
    conventions.YEARS,
    "申请继续有效；该年度政策发布后即可认定",
)
NO_CLASS_RULE = Rule(
    "no-class-rule",
    "该年度政策没有备案培训班的学时认定方式",
    conventions.YEARS,
    "请先发布含此认定方式的政策",
)


def is_requested(_command: FilingCommand, state: Filing, _facts: FilingFacts) -> Rule | None:
    """A request waits."""
    if state.recognition is Recognition.REQUESTED:
        return None
    return NOT_REQUESTED


def is_granted(_command: FilingCommand, state: Filing, _facts: FilingFacts) -> Rule | None:
    """Only what was granted can be withdrawn."""
    if state.recognition is Recognition.GRANTED:
        return None
    return NOT_GRANTED


def rows_are_known(command: GrantRecognition, state: Filing, _facts: FilingFacts) -> Rule | None:
    """Who is left out stands on the roster, and somebody is left."""
    rows, left_out = state.roster.rows if state.roster else frozenset(), set(command.left_out)
    if not left_out <= rows:
        return UNKNOWN_ROW
    return NOBODY_LEFT if left_out >= rows else None


def not_more_than_filed(
    command: GrantRecognition, state: Filing, facts: FilingFacts
) -> Rule | None:
    """Fewer hours than filed may be granted, more never."""
    law, filed = law_of_its_year(state, facts), submitted_of(state).filed.hours
    hours = granted_hours(command, state)
    if broken := quantities.amiss(hours, law.pack.hours_ if law else None):
        return broken
    if hours <= filed:
        return None
    return MORE_THAN_FILED.remedied(f"备案学时为 {filed.shown}，请填写不超过此数的学时")


def more_than_the_half_days_is_stated(
    command: GrantRecognition, state: Filing, facts: FilingFacts
) -> Rule | None:
    """More hours than its half-days give are nobody's by silence: the province says how many."""
    filed = submitted_of(state).filed
    given = by_half_days(law_of_its_year(state, facts), filed.began, filed.ended)
    if command.hours is not None or given is None or filed.hours <= given:
        return None
    said = f"按半天计算为 {given.shown} 学时，备案学时为 {filed.hours.shown} 学时"
    return HOURS_TO_BE_STATED.because(said)


def by_half_days(law: Law | None, began: HalfDay, ended: HalfDay) -> Hours | None:
    """What the half-days of a class give by the law of its year, where that is known."""
    return law.pack.hours_.prefilled(began, ended) if law and law.pack.hours_ else None


def granted_hours(command: GrantRecognition, state: Filing) -> Hours:
    """认定学时: as filed, unless fewer are named."""
    return submitted_of(state).filed.hours if command.hours is None else command.hours


def classes_are_recognised(
    command: GrantRecognition, state: Filing, facts: FilingFacts
) -> Rule | None:
    """The pack of the class's year is published, and has a way by which a class enters the
    ledger; until then the request waits.
    """
    law = law_of_its_year(state, facts)
    if law is None:
        return refusals.unless_on_its_way(YEAR_NOT_PUBLISHED, command.envelope.at, facts.heard)
    return None if law.pack.entering("class") else NO_CLASS_RULE


def opinion_is_given(
    command: RefuseRecognition, _state: Filing, _facts: FilingFacts
) -> Rule | None:
    """A refusal says why, and names nobody's number."""
    if not command.opinion:
        return OPINION_MISSING
    return names_somebody(command.opinion, "opinion")


def reason_is_given(
    command: WithdrawRecognition, _state: Filing, _facts: FilingFacts
) -> Rule | None:
    """A withdrawal says why, and names nobody's number."""
    if not command.reason:
        return REASON_MISSING
    return names_somebody(command.reason, "reason")
