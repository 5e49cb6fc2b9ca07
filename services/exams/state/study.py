"""One person's year of public subjects: courses, lessons, attempts, and what they have earned."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, assert_never
from uuid import UUID

from libs.events import exams as events
from libs.events.exams import CourseKind, CourseRecognised
from libs.events.values import HalfDay, Hours

StudyEvent = (
    events.CourseEnrolled
    | events.LessonCompleted
    | events.CourseCompleted
    | events.ExamAttemptStarted
    | events.ExamAttemptPassed
    | events.ExamAttemptFailed
    | events.AttemptsExhausted
    | events.MakeUpPrepared
    | events.MakeUpDeclined
    | events.MakeUpOpened
    | events.CourseRecognised
    | events.ExamResultAnnulled
    | events.CourseRecognitionWithdrawn
)


class AttemptState(StrEnum):
    """考试状态."""

    OPEN = "open"  # 考试中
    PASSED = "passed"  # 合格
    FAILED = "failed"  # 不合格
    ANNULLED = "annulled"  # 成绩作废


class MakeUpState(StrEnum):
    """补学补考申请."""

    NONE = "none"
    PREPARED = "prepared"  # 待审批
    OPENED = "opened"  # 已开通
    DECLINED = "declined"  # 不予开通


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt (考试机会). It ends at `ends`, whoever is there."""

    id: UUID
    course_id: UUID
    number: int
    paper: tuple[UUID, ...]
    ends: datetime
    state: AttemptState = AttemptState.OPEN
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """One course of the year. `opened`: attempts that make-ups have given; `stated`: the hours
    that the bureau named with one; `opened_by`: the notices under which they were opened."""

    course_id: UUID
    kind: CourseKind | None = None
    lessons: tuple[UUID, ...] = ()
    began: HalfDay | None = None
    done: frozenset[UUID] = frozenset()
    completed: bool = False
    attempts: tuple[UUID, ...] = ()
    opened: int = 0
    opened_by: frozenset[str] = frozenset()
    stated: Hours | None = None
    make_up: MakeUpState = MakeUpState.NONE

    @property
    def enrolled(self) -> bool:
        """Whether the learner has taken it up."""
        return self.began is not None


@dataclass(frozen=True, slots=True)
class StudyYear:
    """Everything that happened in one person's year."""

    person_id: UUID | None = None
    year: int = 0
    studies: Mapping[UUID, Study] = field(default_factory=dict)
    attempts: Mapping[UUID, Attempt] = field(default_factory=dict)
    recognised: Mapping[UUID, CourseRecognised] = field(default_factory=dict)  # those that stand
    withdrawn: Mapping[UUID, CourseRecognised] = field(default_factory=dict)

    def study(self, course_id: UUID) -> Study:
        """This course, perhaps with nothing done."""
        return self.studies.get(course_id) or Study(course_id)

    @property
    def opened_by(self) -> frozenset[str]:
        """The notices under which the bureau has opened a make-up of the year."""
        return frozenset().union(*(study.opened_by for study in self.studies.values()))

    def attempts_at(self, course_id: UUID) -> list[Attempt]:
        """The attempts at a course's exam, the first one first."""
        return [self.attempts[attempt] for attempt in self.study(course_id).attempts]

    def open_attempt(self, course_id: UUID) -> Attempt | None:
        """The one that is under way, if one is."""
        found = self.attempts_at(course_id)[-1:]
        return next((one for one in found if one.state is AttemptState.OPEN), None)

    def passed(self, course_id: UUID) -> bool:
        """Whether a result that stands has passed the exam."""
        return any(a.state is AttemptState.PASSED for a in self.attempts_at(course_id))


def evolve(state: StudyYear, event: StudyEvent) -> StudyYear:
    """The year after this event."""
    if state.person_id is None:
        state = replace(state, person_id=event.person_id, year=event.year)
    study = state.study(event.course_id)
    match event:
        case events.CourseEnrolled():
            return _study(state, study, kind=event.kind, lessons=event.lessons, began=event.began)
        case events.LessonCompleted():
            return _study(state, study, done=study.done | {event.lesson_id})
        case events.CourseCompleted():
            return _study(state, study, completed=True)
        case events.ExamAttemptStarted():
            begun = Attempt(
                event.attempt_id, event.course_id, event.number, event.paper, event.ends
            )
            state = _study(state, study, attempts=(*study.attempts, begun.id))
            return replace(state, attempts={**state.attempts, begun.id: begun})
        case events.ExamAttemptPassed():
            return _attempt(state, event.attempt_id, state=AttemptState.PASSED, score=event.score)
        case events.ExamAttemptFailed():
            return _attempt(state, event.attempt_id, state=AttemptState.FAILED, score=event.score)
        case events.AttemptsExhausted():
            return state
        case events.MakeUpPrepared():
            return _study(state, study, make_up=MakeUpState.PREPARED)
        case events.MakeUpDeclined():
            return _study(state, study, make_up=MakeUpState.DECLINED)
        case events.MakeUpOpened():
            return _study(
                state,
                study,
                make_up=MakeUpState.OPENED,
                opened=study.opened + event.attempts,
                opened_by=study.opened_by | {event.pack.pack},
                stated=event.hours or study.stated,
            )
        case events.CourseRecognised():
            return replace(state, recognised={**state.recognised, event.entry_id: event})
        case events.ExamResultAnnulled():
            return _attempt(state, event.attempt_id, state=AttemptState.ANNULLED)
        case events.CourseRecognitionWithdrawn():
            return _withdrawn(state, event.entry_id)
        case _:
            assert_never(event)


def _study(year: StudyYear, study: Study, /, **changes: Any) -> StudyYear:
    return replace(year, studies={**year.studies, study.course_id: replace(study, **changes)})


def _attempt(year: StudyYear, attempt_id: UUID, /, **changes: Any) -> StudyYear:
    changed = replace(year.attempts[attempt_id], **changes)
    return replace(year, attempts={**year.attempts, attempt_id: changed})


def _withdrawn(year: StudyYear, entry_id: UUID) -> StudyYear:
    standing = dict(year.recognised)
    gone = standing.pop(entry_id)
    return replace(year, recognised=standing, withdrawn={**year.withdrawn, entry_id: gone})
