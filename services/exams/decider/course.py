"""The decisions about one course (课程)."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, keep
from libs.events.exams import CourseClosed, CoursePublished
from libs.events.roles import bureau_of
from services.exams.commands import CloseCourse, CoursesCommand, PublishCourse
from services.exams.rules import actors, known, publishing
from services.exams.state.course import Course, CourseEvent, evolve
from services.exams.state.known import ExamsFacts

ON_PUBLISH = (
    actors.province_decides,
    known.published_year_has_a_law,
    *publishing.CONTENT,
)
ON_CLOSE = (actors.province_decides, known.course_exists)


def decide(command: CoursesCommand, state: Course, facts: ExamsFacts) -> Sequence[CourseEvent]:
    """What happens. Refused by the first rule that is broken."""
    match command:
        case PublishCourse():
            keep(ON_PUBLISH, command, state, facts)
            return [_published(command)]
        case CloseCourse():
            keep(ON_CLOSE, command, state, facts)
            return [] if state.closed else [CourseClosed(course_id=command.course_id)]
        case _:
            assert_never(command)


def _published(command: PublishCourse) -> CoursePublished:
    """Questions are counted and digested, not shown."""
    return CoursePublished(
        course_id=command.course_id,
        jurisdiction=command.jurisdiction,
        year=command.year,
        kind=command.kind,
        title=command.title,
        lessons=tuple(lesson.lesson_id for lesson in command.lessons),
        questions=len(command.questions),
        bank_digest=command.bank_digest,
        paper_size=command.paper_size,
        by_unit_id=bureau_of(command.envelope.actor),
    )


DECIDER = Decider(Course, decide, evolve)
