"""Who may take up a course and go on with it, and until when (时限要求)."""

from datetime import datetime
from uuid import UUID

from libs.decider import Kind, Rule, conventions, first_broken
from libs.events.exams import CourseKind
from libs.events.values import shown_day
from libs.policy import Moment, Says, Window
from services.exams.commands import CompleteLesson, StudyCommand
from services.exams.rules.known import course_of, terms_of
from services.exams.state.known import ExamsFacts, Terms
from services.exams.state.study import StudyYear

AFTERWARDS = (
    "以后年度的学习通知列入本年度补学补考的，届时可致电培训中心申请开通；"
    "需要延长时限的，请所在单位报自治区人力资源社会保障厅决定"
)
"""What is left to do when a period is over."""
COURSE_CLOSED = Rule(
    "course-closed", "该课程已关闭，不能再选学", conventions.STUDY, "请选择其他课程"
)
OTHER_JURISDICTION = Rule(
    "course-of-another-jurisdiction",
    "该课程不是您所在地区的公需科目",
    conventions.STUDY,
    "请在学习课程中选择",
    Kind.FORBIDDEN,
)
NOT_ENROLLED = Rule("not-enrolled", "尚未选学该课程", conventions.STUDY, "请先在学习课程中选学")
ELECTIVES_OVER = Rule(
    "electives-over",
    "选修课的学习期限与必修课相同，已过期限",
    conventions.STUDY,
    AFTERWARDS,
)
NO_LESSON = Rule(
    "no-such-lesson",
    "该课程没有此课时",
    conventions.STUDY,
    "请在课程目录中核对",
    Kind.UNKNOWN,
    "lesson_id",
)


def course_is_open(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """Who is enrolled already goes on."""
    return COURSE_CLOSED if course_of(command, facts).closed else None


def course_is_of_here(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """Public subjects are the province's own."""
    place = facts.people[command.person_id]
    same = place.jurisdiction == course_of(command, facts).jurisdiction
    return None if same else OTHER_JURISDICTION


def is_enrolled(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """选学 comes first; who can't take the course up any more hears why."""
    if state.study(command.course_id).enrolled:
        return None
    return first_broken(ON_ENROL, command, state, facts) or NOT_ENROLLED


def lesson_is_of_the_course(
    command: CompleteLesson, state: StudyYear, _facts: ExamsFacts
) -> Rule | None:
    """One of those that the course had when the learner took it up."""
    return None if command.lesson_id in state.study(command.course_id).lessons else NO_LESSON


def in_the_period(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """The year's training period; or, once the bureau has opened it, the make-up's."""
    terms = terms_of(command, facts)
    unit_id, at = unit_of(command, facts), command.envelope.at
    if terms.lets_study(unit_id, at, state.opened_by):
        return None
    return too_late(command, terms, facts)


def unit_of(command: StudyCommand, facts: ExamsFacts) -> UUID | None:
    """Whose extensions are the person's as well."""
    place = facts.people.get(command.person_id)
    return place.unit_id if place else None


def too_late(command: StudyCommand, terms: Terms, facts: ExamsFacts) -> Rule:
    """In the notice's words: of the period, or of the make-up where it has one to offer."""
    unit_id, at = unit_of(command, facts), command.envelope.at
    making_up, opener = terms.making_up(unit_id), terms.opener or terms.law
    if terms.make_up_is_open(unit_id, at):
        return opener.pack.refusal(Says.MAKE_UP, remedy="请致电培训中心申请开通补学补考")
    if not terms.own and making_up is not None:
        return _outside(opener.pack.refusal(Says.MAKE_UP, remedy=""), "补学补考", making_up, at)
    window = terms.training(unit_id)
    refusal = terms.law.pack.refusal(Says.EXAM_WINDOW, remedy="")
    late = window.at(at) is Moment.LATE
    if late and course_of(command, facts).kind is CourseKind.ELECTIVE:
        refusal = ELECTIVES_OVER  # the notice's sentence is of the required course
    return _outside(refusal, "学习考试", window, at)


def _outside(refusal: Rule, what: str, window: Window, at: datetime) -> Rule:
    """What was asked for before its window, or after it: since when, and what is left to do."""
    if window.at(at) is Moment.EARLY:
        opens = shown_day(window.opens) if window.opens else "开放"
        return refusal.remedied(f"请在{opens}以后办理")
    return refusal.because(f"{what}{window.until}").remedied(AFTERWARDS)


ON_ENROL = (course_is_open, course_is_of_here, in_the_period)
ON_LESSON = (is_enrolled, lesson_is_of_the_course, in_the_period)
