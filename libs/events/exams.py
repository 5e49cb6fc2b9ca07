"""What happens in courses and exams (公需科目学习与考试). Right answers are never in it."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from libs.events.event import Event
from libs.events.hours import PackVersion, RuleCode, Title
from libs.events.values import CategoryCode, Digest, HalfDay, Hours


class CourseKind(StrEnum):
    """必修课 or 选修课."""

    REQUIRED = "required"
    ELECTIVE = "elective"


class _CourseEvent(Event):
    subject: ClassVar[str] = "course_id"
    about: ClassVar[str] = "course_id"

    course_id: UUID


class CoursePublished(_CourseEvent):
    """发布课程: the province offers a course of a year; its questions are counted, not shown."""

    jurisdiction: str
    year: int
    kind: CourseKind
    title: Title
    lessons: tuple[UUID, ...]
    questions: int
    bank_digest: Digest
    paper_size: int
    by_unit_id: UUID  # the bureau that offers it, and recognises its hours


class CourseClosed(_CourseEvent):
    """关闭课程: nobody may enrol any more."""


class _StudyEvent(Event):
    about: ClassVar[str] = "course_id"

    person_id: UUID
    year: int
    course_id: UUID


class CourseEnrolled(_StudyEvent):
    """选学课程: the learner takes up a course."""

    kind: CourseKind
    lessons: tuple[UUID, ...]
    began: HalfDay


class LessonCompleted(_StudyEvent):
    """完成课时学习: one lesson of the course."""

    lesson_id: UUID


class CourseCompleted(_StudyEvent):
    """完成课程学习: all its lessons; its exam is open."""


class ExamAttemptStarted(_StudyEvent):
    """开始考试: an attempt with its paper; it ends by itself at its time limit."""

    about: ClassVar[str] = "attempt_id"

    attempt_id: UUID
    number: int  # 1 = the first
    paper: tuple[UUID, ...]  # question ids, in the order of the paper
    minutes: int
    ends: AwareDatetime  # its time limit


class ExamAttemptPassed(_StudyEvent):
    """考试合格: the score reached the pass mark."""

    about: ClassVar[str] = "attempt_id"

    attempt_id: UUID
    score: int


class ExamAttemptFailed(_StudyEvent):
    """考试不合格: the score did not reach the pass mark, or the time was over without one."""

    about: ClassVar[str] = "attempt_id"

    attempt_id: UUID
    score: int


class AttemptsExhausted(_StudyEvent):
    """考试机会用尽: no attempt is left until a make-up is opened."""


class MakeUpPrepared(_StudyEvent):
    """受理补学补考申请: the service desk has taken the call; the bureau decides."""

    note_digest: Digest | None = None  # keyed; the text is in the private table


class MakeUpDeclined(_StudyEvent):
    """不予开通补学补考: the bureau has decided on the call."""


class MakeUpOpened(_StudyEvent):
    """开通补学补考: the bureau gives more attempts, now or for an earlier year.

    `hours`: what the course's kind earns that year, where no notice known here says it.
    """

    attempts: int
    pack: PackVersion  # the notice that opens it
    hours: Hours | None = None


class CourseRecognised(_StudyEvent):
    """公需科目学时获得: the required course with its exam, or all electives, earn their hours."""

    about: ClassVar[str] = "entry_id"

    entry_id: UUID
    category: CategoryCode
    rule: RuleCode
    hours: Hours
    title: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID  # the bureau that recognises them: the one that offered the course
    pack: PackVersion


class ExamResultAnnulled(_StudyEvent):
    """考试成绩作废: the result does not stand."""

    about: ClassVar[str] = "attempt_id"

    attempt_id: UUID
    reason_digest: Digest | None = None  # keyed; the text is in the private table


class CourseRecognitionWithdrawn(_StudyEvent):
    """公需科目学时取消: the hours of this recognition do not stand."""

    about: ClassVar[str] = "entry_id"

    entry_id: UUID
    by_unit_id: UUID  # the bureau that annulled the result
