"""A course (课程) of a year."""

from dataclasses import dataclass, replace
from typing import assert_never

from libs.events.exams import CourseClosed, CoursePublished

CourseEvent = CoursePublished | CourseClosed


@dataclass(frozen=True, slots=True)
class Course:
    """What was published, and whether anybody may still enrol."""

    published: CoursePublished | None = None
    closed: bool = False


def evolve(state: Course, event: CourseEvent) -> Course:
    """The course after this event."""
    match event:
        case CoursePublished():
            return replace(state, published=event)
        case CourseClosed():
            return replace(state, closed=True)
        case _:
            assert_never(event)
