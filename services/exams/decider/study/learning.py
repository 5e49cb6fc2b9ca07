"""A learner enrols and studies (学习课程)."""

from libs.decider import keep
from libs.events import exams as events
from libs.policy import china_half_day
from services.exams.commands import CompleteLesson, Enrol
from services.exams.decider.study.acting import LEARNER, ONESELF, about, and_earned
from services.exams.rules import studying
from services.exams.rules.known import course_of
from services.exams.state.known import ExamsFacts
from services.exams.state.study import StudyEvent, StudyYear

ON_ENROL = (*LEARNER, *studying.ON_ENROL)
ON_LESSON = (*LEARNER, *studying.ON_LESSON)
ON_ASK = (*LEARNER, studying.is_enrolled)


def enrol(command: Enrol, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """Once: who is enrolled stays so."""
    if state.study(command.course_id).enrolled:
        keep(ONESELF, command, state, facts)
        return []
    keep(ON_ENROL, command, state, facts)
    course = course_of(command, facts)
    began = china_half_day(command.envelope.at)
    return [
        events.CourseEnrolled(
            **about(command), kind=course.kind, lessons=course.lessons, began=began
        )
    ]


def lesson(command: CompleteLesson, state: StudyYear, facts: ExamsFacts) -> list[StudyEvent]:
    """完成课程学习: a lesson, and with the last one the course."""
    study = state.study(command.course_id)
    if command.lesson_id in study.done:
        keep(ONESELF, command, state, facts)
        return []
    keep(ON_LESSON, command, state, facts)
    found: list[StudyEvent] = [
        events.LessonCompleted(**about(command), lesson_id=command.lesson_id)
    ]
    if study.done | {command.lesson_id} >= set(study.lessons):
        found.append(events.CourseCompleted(**about(command)))
    return and_earned(found, command, state, facts)
