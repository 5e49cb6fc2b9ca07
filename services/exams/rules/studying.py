"""Who may take up a course and go on with it, and until when (时限要求)."""

from uuid import UUID

from libs.decider import Kind, Rule, conventions
from libs.events.exams import CourseKind
from libs.policy import Moment, Says, Window
from services.exams.commands import CompleteLesson, StudyCommand
from services.exams.rules.known import course_of, terms_of
from services.exams.state.known import ExamsFacts, Terms
from services.exams.state.study import StudyYear

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
    "请查看本年度的学习期限",
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


def is_enrolled(command: StudyCommand, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """选学 comes first."""
    return None if state.study(command.course_id).enrolled else NOT_ENROLLED


def lesson_is_of_the_course(
    command: CompleteLesson, state: StudyYear, _facts: ExamsFacts
) -> Rule | None:
    """One of those that the course had when the learner took it up."""
    return None if command.lesson_id in state.study(command.course_id).lessons else NO_LESSON


def in_the_period(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """The year's training period; or, once the bureau has opened it, the make-up's."""
    terms = terms_of(command, facts)
    if in_training(command, terms, facts) or (
        make_up_is_open(command, terms, facts) and was_made_up(state, terms)
    ):
        return None
    return too_late(command, terms, facts)


def in_training(command: StudyCommand, terms: Terms, facts: ExamsFacts) -> bool:
    """在培训期间: of the year's own notice."""
    window = terms.law.window("public.study", _unit(command, facts))
    return terms.own and window.at(command.envelope.at) is Moment.OPEN


def make_up_is_open(command: StudyCommand, terms: Terms, facts: ExamsFacts) -> bool:
    """A later notice opens this year's make-up now."""
    window = make_up_window(command, terms, facts)
    return window is not None and window.at(command.envelope.at) is Moment.OPEN


def make_up_window(command: StudyCommand, terms: Terms, facts: ExamsFacts) -> Window | None:
    """补学补考时限 of the notice that opens it, as the bureau has extended it."""
    if terms.opener is None:
        return None
    return terms.opener.window(f"make_ups.{command.year}", _unit(command, facts))


def _unit(command: StudyCommand, facts: ExamsFacts) -> UUID | None:
    place = facts.people.get(command.person_id)
    return place.unit_id if place else None


def was_made_up(state: StudyYear, terms: Terms) -> bool:
    """The bureau has opened the make-up for this person, under the notice that offers it."""
    opener = terms.opener.pack.id if terms.opener else None
    return any(opener in study.opened_by for study in state.studies.values())


def too_late(command: StudyCommand, terms: Terms, facts: ExamsFacts) -> Rule:
    """In the notice's words: of the period, or of the make-up where it has one to offer."""
    opener = terms.opener or terms.law
    if make_up_is_open(command, terms, facts):
        return opener.pack.refusal(Says.MAKE_UP, remedy="请致电培训中心申请开通补学补考")
    making_up = make_up_window(command, terms, facts)
    if not terms.own and making_up is not None:
        return opener.pack.refusal(Says.MAKE_UP, remedy=f"补学补考时限为 {making_up.closes}")
    window = terms.law.window("public.study", _unit(command, facts))
    early = window.at(command.envelope.at) is Moment.EARLY
    remedy = f"请在 {window.opens} 以后办理" if early else f"学习考试已于 {window.closes} 截止"
    if not early and course_of(command, facts).kind is CourseKind.ELECTIVE:
        return ELECTIVES_OVER.remedied(remedy)  # the notice's sentence is of the required course
    return terms.law.pack.refusal(Says.EXAM_WINDOW, remedy=remedy)


ON_ENROL = (course_is_open, course_is_of_here, in_the_period)
ON_LESSON = (is_enrolled, lesson_is_of_the_course, in_the_period)
