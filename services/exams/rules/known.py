"""Before anything else: is there such a course, such a person, and a notice for the year?"""

from libs.decider import Kind, Refused, Rule, conventions, refusals
from libs.policy import NO_PACK
from services.exams.commands import CoursesCommand, PublishCourse, StudyCommand
from services.exams.state.course import Course
from services.exams.state.known import ExamsFacts, Offered, Terms
from services.exams.state.study import StudyYear

NO_COURSE = Rule(
    "no-such-course",
    "该年度没有此课程",
    conventions.COURSES,
    "请在学习课程中核对",
    Kind.UNKNOWN,
    "course_id",
)
NO_PERSON = refusals.NOT_FOUND


def course_is_known(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """Courses are this service's own: there is nothing to wait for."""
    course = facts.courses.get(command.course_id)
    return None if course is not None and course.year == command.year else NO_COURSE


def year_has_a_law(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """A notice that policy has not told of yet may still be on the way."""
    course = course_of(command, facts)
    if facts.terms(course.jurisdiction, course.year):
        return None
    return refusals.unless_on_its_way(NO_PACK, command.envelope.at, facts.heard)


def person_is_known(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """A person whom identity has not told of yet may still be on the way."""
    if command.person_id in facts.people:
        return None
    return refusals.unless_on_its_way(NO_PERSON, command.envelope.at, facts.heard)


KNOWN = (course_is_known, year_has_a_law)


def published_year_has_a_law(
    command: PublishCourse, _state: Course, facts: ExamsFacts
) -> Rule | None:
    """A course is offered under a notice: the year's own, or one that opens its make-up."""
    if facts.terms(command.jurisdiction, command.year):
        return None
    return refusals.unless_on_its_way(NO_PACK, command.envelope.at, facts.heard)


def course_exists(_command: CoursesCommand, state: Course, _facts: ExamsFacts) -> Rule | None:
    """It was published."""
    return None if state.published else NO_COURSE


def course_of(command: StudyCommand, facts: ExamsFacts) -> Offered:
    """The course that a command is about. Refused: NO_COURSE."""
    if (course := facts.courses.get(command.course_id)) is None:
        raise Refused(NO_COURSE)
    return course


def terms_of(command: StudyCommand, facts: ExamsFacts) -> Terms:
    """By what the course's year is judged. Refused where KNOWN would have been."""
    course = course_of(command, facts)
    if (terms := facts.terms(course.jurisdiction, course.year)) is None:
        raise Refused(NO_PACK)
    return terms
