"""补学补考: after three failures in the training period, or for an earlier year that a notice
names."""

from libs.decider import Kind, Rule, conventions
from libs.events.numbers import names_somebody
from libs.policy import Says, quantities
from services.exams.commands import AnnulResult, OpenMakeUp, PrepareMakeUp, StudyCommand
from services.exams.rules.earning import category_of, recognition_of
from services.exams.rules.examining import left
from services.exams.rules.known import course_of, terms_of
from services.exams.rules.studying import too_late, unit_of
from services.exams.state.known import ExamsFacts
from services.exams.state.study import MakeUpState, StudyYear

NOT_NEEDED = Rule(
    "make-up-not-needed", "该课程已完成，无需补学补考", conventions.MAKE_UPS, "请核对课程"
)
ATTEMPTS_LEFT = Rule(
    "attempts-left",
    "尚有考试机会或考试尚未结束，不能开通补学补考",
    conventions.MAKE_UPS,
    "请先用完考试机会",
)
NOT_NAMED = Rule(
    "make-up-not-named", "通知未列入该类课程的补学补考", conventions.MAKE_UPS, "请核对年度和课程"
)
HOURS_MISSING = Rule(
    "make-up-hours-missing",
    "该年度公需科目的学时未见于已发布的政策，开通时须注明学时",
    conventions.MAKE_UPS,
    "请填写该年度通知规定的学时",
    Kind.INVALID,
    "hours",
)
HOURS_KNOWN = Rule(
    "make-up-hours-known",
    "该年度公需科目的学时已由政策规定，不得另行注明",
    conventions.MAKE_UPS,
    "请删去学时",
    Kind.INVALID,
    "hours",
)
MORE_THAN_A_YEAR = Rule(
    "make-up-hours-impossible",
    "一门课程的学时不能超过年度总学时的要求",
    conventions.MAKE_UPS,
    "请填写该年度通知规定的学时",
    Kind.INVALID,
    "hours",
)
NOT_PREPARED = Rule(
    "make-up-not-prepared", "没有待审批的补学补考申请", conventions.MAKE_UPS, "请核对申请"
)


def not_recognised_already(
    command: StudyCommand, state: StudyYear, facts: ExamsFacts
) -> Rule | None:
    """Who has the hours has nothing to make up."""
    course, terms = course_of(command, facts), terms_of(command, facts)
    earned = recognition_of(course, terms, state) is not None
    return NOT_NEEDED if earned or state.passed(command.course_id) else None


def may_be_made_up(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """In the training period who has failed each time; of an earlier year who the notice names."""
    course, terms = course_of(command, facts), terms_of(command, facts)
    unit_id, at = unit_of(command, facts), command.envelope.at
    in_period = terms.in_training(unit_id, at)
    if in_period and _waits(command, state, facts):
        return terms.law.pack.citing(ATTEMPTS_LEFT, Says.EXAM_ATTEMPTS)
    if in_period:
        return None
    if terms.make_up is None or not terms.make_up_is_open(unit_id, at):
        return too_late(command, terms, facts)
    if category_of(course, terms) not in terms.make_up.categories:
        return NOT_NAMED.citing(terms.make_up.source)
    if _goes_on(command, state, facts) and not restates(command, state, facts):
        return terms.law.pack.citing(ATTEMPTS_LEFT, Says.EXAM_ATTEMPTS)
    return None


def _waits(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> bool:
    """An attempt may be begun, or is not over."""
    is_open = state.open_attempt(command.course_id) is not None
    return is_open or left(command, state, facts) > 0


def _goes_on(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> bool:
    """The very notice that would open a make-up has opened one, and it is not used up."""
    opener = terms_of(command, facts).opener
    by = opener.pack.id if opener else None
    opened = by in state.study(command.course_id).opened_by
    return opened and _waits(command, state, facts)


def restates(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> bool:
    """更正学时: other hours are named with a make-up that goes on; its attempts stay as given."""
    stated = state.study(command.course_id).stated
    if not isinstance(command, OpenMakeUp) or command.hours is None or stated is None:
        return False
    return command.hours != stated and _goes_on(command, state, facts)


def hours_are_stated(command: OpenMakeUp, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """By the bureau where no notice known here says them, and nowhere else."""
    terms = terms_of(command, facts)
    known = terms.own or (terms.make_up is not None and terms.make_up.hours is not None)
    stated = state.study(command.course_id).stated
    if known:
        return HOURS_KNOWN if command.hours is not None else None
    if command.hours is None:
        return HOURS_MISSING if stated is None else None
    pack = terms.law.pack
    if broken := quantities.amiss(command.hours, pack.hours_):
        return broken
    year = pack.whole_year
    if year is None or command.hours <= year.hours:
        return None
    return MORE_THAN_A_YEAR.because(f"{year.name} {year.hours.shown} 学时")


def is_prepared(command: StudyCommand, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """A call waits for the answer."""
    prepared = state.study(command.course_id).make_up is MakeUpState.PREPARED
    return None if prepared else NOT_PREPARED


def text_is_clean(
    command: PrepareMakeUp | AnnulResult, _state: StudyYear, _facts: ExamsFacts
) -> Rule | None:
    """No numbers of people in notes and reasons."""
    if isinstance(command, PrepareMakeUp):
        return names_somebody(command.note, "note")
    return names_somebody(command.reason, "reason")


ON_PREPARE = (text_is_clean, not_recognised_already, may_be_made_up)
ON_OPEN = (not_recognised_already, may_be_made_up, hours_are_stated)
ON_DECLINE = (is_prepared,)
