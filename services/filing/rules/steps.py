"""What follows what after a class's end: report, sealed form, roster, request."""

from collections.abc import Callable
from datetime import date, datetime

from libs.decider import Kind, Rule, conventions
from libs.events.numbers import names_somebody
from libs.policy import Pack, Says, china_day
from services.filing.commands import FilingCommand, ImportRoster, ReportExecution
from services.filing.rules.known import law_of
from services.filing.state.filing import CLOSED, Filing, Recognition
from services.filing.state.known import FilingFacts

NOT_HELD = Rule(
    "not-held",
    "该培训班已报告未举办，备案已办结",
    conventions.RECOGNITION,
    "未举办的培训班不认定学时；如另行办班请重新备案",
)
REPORTED_AND_SEALED = Rule(
    "reported-and-sealed",
    "盖章扫描件已上传，备注不能再改",
    conventions.RECOGNITION,
    "扫描件须与备注一致；请联系自治区人力资源社会保障部门",
)
NO_PENDING_ROSTER = Rule(
    "no-pending-roster",
    "没有待确认的参训学员名单，或名单已被后来导入的替换",
    conventions.RECOGNITION,
    "请重新导入名单并确认",
    Kind.UNKNOWN,
)
EMPTY_ROSTER = Rule(
    "empty-roster",
    "参训学员名单没有可导入的人员",
    conventions.RECOGNITION,
    "请按行号更正名单后重新导入",
    Kind.INVALID,
)
NO_NEW_REQUEST = Rule(
    "no-new-request",
    "不予认定后的重新申请次数已用完",
    conventions.RECOGNITION,
    "参训人员可凭培训证明材料在时限内自行登记学时，由所在单位审验",
)

NOT_OVER_YET = Rule(
    "class-not-over-yet",
    "培训班尚未结束，不能导入参训学员名单",
    conventions.RECOGNITION,
    "请在培训班结束日期之后办理",
)

_REMEDY = {
    "end": (Says.AFTER_END, "请在培训班结束日期之后办理"),
    "report": (Says.REPORT_FIRST, "请先填写备注（实际执行情况说明）"),
    "scan": (Says.REQUEST_NEEDS, "请先上传盖章扫描件"),
    "roster": (Says.ROSTER_FIRST, "请先导入参训学员名单"),
}

_FINAL = {
    Recognition.REQUESTED: "已申请学时认定，请等待认定结果",
    Recognition.GRANTED: "学时已经认定；对结果有疑问的，请联系自治区人力资源社会保障部门",
    Recognition.WITHDRAWN: "学时认定已被撤销；有疑问的，请联系自治区人力资源社会保障部门",
}

StepRule = Callable[[FilingCommand, Filing, FilingFacts], Rule | None]


def ready_for(step: str) -> StepRule:
    """What the pack wants done before this step has been done."""

    def rule(command: FilingCommand, state: Filing, facts: FilingFacts) -> Rule | None:
        law = law_of(state, facts)
        done = state.done(china_day(command.envelope.at))
        for need in law.pack.filing.missing(step, done):
            if (step, need) == ("roster", "end"):
                return NOT_OVER_YET  # of the report and the form alone the notice says: 结束后
            return waits_for(need, law.pack)
        return None

    return rule


def waits_for(need: str, pack: Pack) -> Rule:
    """The notice's sentence on what must be done first, and what that is."""
    says, remedy = _REMEDY.get(need, (Says.REQUEST_NEEDS, "请先完成前一步骤"))
    return pack.refusal(says, remedy=remedy)


def not_to_be_downloaded(pack: Pack, ended: date, reported: bool, at: datetime) -> Rule | None:
    """下载备案表: after the class and its report, where the pack has that step."""
    done = {"end": china_day(at) > ended, "report": reported}
    missing = pack.filing.missing("download", frozenset(step for step in done if done[step]))
    return waits_for(missing[0], pack) if missing else None


def was_held(_command: FilingCommand, state: Filing, _facts: FilingFacts) -> Rule | None:
    """A class that was not held is closed."""
    if not state.was_not_held:
        return None
    return NOT_HELD


def is_not_sealed(_command: ReportExecution, state: Filing, _facts: FilingFacts) -> Rule | None:
    """The remark may be written anew until it has been stamped."""
    if state.sealed is None:
        return None
    return REPORTED_AND_SEALED


def remark_names_nobody(
    command: ReportExecution, _state: Filing, _facts: FilingFacts
) -> Rule | None:
    """Numbers of people have no place in free text."""
    return names_somebody(command.remark, "remark")


def is_not_final(_command: FilingCommand, state: Filing, facts: FilingFacts) -> Rule | None:
    """一经提交，不可撤销更改: a refusal opens roster and scan again, nothing else does."""
    if state.recognition not in CLOSED:
        return None
    pack, remedy = law_of(state, facts).pack, _FINAL[state.recognition]
    return pack.refusal(Says.REQUEST_FINAL, remedy=remedy)


def may_ask_again(_command: FilingCommand, state: Filing, facts: FilingFacts) -> Rule | None:
    """A refused request leaves as many new ones as the pack says."""
    new = law_of(state, facts).pack.filing.new_requests
    if state.recognition is not Recognition.REFUSED or state.requests <= new.value:
        return None
    return NO_NEW_REQUEST.citing(new.source)


def somebody_attended(command: ImportRoster, state: Filing, facts: FilingFacts) -> Rule | None:
    """What is confirmed is the pending roster, and somebody is on it."""
    if not command.chunks:
        return NO_PENDING_ROSTER
    step = law_of(state, facts).pack.filing.step("roster")
    if any(command.chunks):
        return None
    return EMPTY_ROSTER.citing(step.source) if step else EMPTY_ROSTER


ON_REPORT = (ready_for("report"), was_held, is_not_sealed, remark_names_nobody)
ON_SCAN = (was_held, ready_for("scan"), is_not_final, may_ask_again)
ON_ROSTER = (was_held, ready_for("roster"), is_not_final, may_ask_again)
ON_REQUEST = (was_held, is_not_final, may_ask_again, ready_for("request"))
