"""What a course must hold before it is published (课程、题库)."""

from libs.decider import Kind, Rule, conventions
from libs.events.exams import CourseKind
from libs.events.numbers import names_somebody
from libs.policy import Says
from services.exams.commands import PublishCourse, Question, QuestionKind
from services.exams.state.course import Course
from services.exams.state.known import ExamsFacts

PUBLISHED_ALREADY = Rule(
    "published-already", "该课程已发布，内容不能更改", conventions.COURSES, "请关闭后另行发布"
)
ONE_REQUIRED_COURSE = Rule(
    "one-required-course",
    "该年度已有必修课",
    conventions.COURSES,
    "如需更换，请先关闭原必修课",
)
NO_LESSONS = Rule(
    "course-without-lessons",
    "课程至少有一个课时",
    conventions.COURSES,
    "请补充课时",
    Kind.INVALID,
    "lessons",
)
BANK_TOO_SMALL = Rule(
    "bank-too-small",
    "题库的试题数少于试卷的题数，或试卷没有试题",
    conventions.COURSES,
    "请补充试题或减少试卷题数",
    Kind.INVALID,
    "paper_size",
)
ELECTIVE_WITHOUT_EXAM = Rule(
    "elective-without-exam",
    "选修课完成学习即可，不设考试",
    conventions.COURSES,
    "请删去试题",
    Kind.INVALID,
    "questions",
)
QUESTION_UNSOUND = Rule(
    "question-unsound",
    "试题的选项或答案有误",
    conventions.COURSES,
    "单选题、判断题有且只有一个正确选项，多选题至少两个，均须在选项之内",
    Kind.INVALID,
    "questions",
)


def not_published_already(
    _command: PublishCourse, state: Course, _facts: ExamsFacts
) -> Rule | None:
    """What learners rest on doesn't change under them."""
    return PUBLISHED_ALREADY if state.published else None


def title_is_clean(command: PublishCourse, _state: Course, _facts: ExamsFacts) -> Rule | None:
    """It goes into events."""
    return names_somebody(command.title, "title")


def has_lessons(command: PublishCourse, _state: Course, _facts: ExamsFacts) -> Rule | None:
    """Without lessons nothing could be completed."""
    return None if command.lessons else NO_LESSONS


def one_required_course(command: PublishCourse, _state: Course, facts: ExamsFacts) -> Rule | None:
    """The notice names one theme a year."""
    if command.kind is not CourseKind.REQUIRED:
        return None
    others = facts.offered(command.jurisdiction, command.year, command.kind)
    if all(other.closed for other in others):
        return None
    return ONE_REQUIRED_COURSE


def bank_fits(command: PublishCourse, _state: Course, facts: ExamsFacts) -> Rule | None:
    """The required course has its exam; an elective is completed by its lessons."""
    if command.kind is CourseKind.ELECTIVE:
        if not command.questions and command.paper_size == 0:
            return None
        return _cited(ELECTIVE_WITHOUT_EXAM, command, facts, Says.ELECTIVES)
    fits = 0 < command.paper_size <= len(command.questions)
    return None if fits else BANK_TOO_SMALL


def questions_are_sound(command: PublishCourse, _state: Course, _facts: ExamsFacts) -> Rule | None:
    """Each can be answered, and answered rightly."""
    for number, question in enumerate(command.questions, 1):
        if not _sound(question):
            return QUESTION_UNSOUND.because(f"第 {number} 题")
    return None


def _sound(question: Question) -> bool:
    right = set(question.right)
    several = len(right) > 1 if question.kind is QuestionKind.MULTIPLE else len(right) == 1
    return several and right <= set(question.options) and len(question.options) > 1


def _cited(rule: Rule, command: PublishCourse, facts: ExamsFacts, says: Says) -> Rule:
    terms = facts.terms(command.jurisdiction, command.year)
    return terms.law.pack.citing(rule, says) if terms else rule


CONTENT = (
    not_published_already,
    title_is_clean,
    has_lessons,
    one_required_course,
    bank_fits,
    questions_are_sound,
)
