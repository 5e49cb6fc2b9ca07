"""What may be asked of courses and exams."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from libs.events.command import Command
from libs.events.envelope import Actor, Role
from libs.events.exams import CourseKind
from libs.events.hours import Title
from libs.events.values import Digest, Hours

EXAMS = Actor(UUID("6f0e1d5c-0000-4000-8000-000000000002"), Role.SERVICE)
"""Who acts when an event or a timer moves this service."""

Letter = Annotated[str, StringConstraints(pattern="^[A-Z]$")]
"""选项: an option's letter."""

Answers = Mapping[UUID, tuple[Letter, ...]]
"""What somebody has marked so far, by question."""


class QuestionKind(StrEnum):
    """题型."""

    SINGLE = "single"  # 单选题
    MULTIPLE = "multiple"  # 多选题
    JUDGEMENT = "judgement"  # 判断题


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Content):
    """试题, for the private table alone: text, options by letter, the right ones, its marks."""

    question_id: UUID
    kind: QuestionKind
    text: str
    options: Mapping[Letter, str]
    right: tuple[Letter, ...]
    marks: int = Field(ge=1, le=100)


class Lesson(_Content):
    """课时: its title, where it is watched or read, and how long it takes."""

    lesson_id: UUID
    title: str
    link: str
    minutes: int


class Material(_Content):
    """相关资料: a title and where it is."""

    title: str
    link: str


class CourseCommand(Command):
    """About one course."""

    course_id: UUID

    @property
    def stream(self) -> str:
        """The course's own."""
        return f"course/{self.course_id}"

    @property
    def resource(self) -> UUID:
        """The course."""
        return self.course_id


class PublishCourse(CourseCommand):
    """发布课程, whole: lessons, materials, question bank (题库)."""

    jurisdiction: str
    year: int
    kind: CourseKind
    title: Title
    lessons: tuple[Lesson, ...]
    materials: tuple[Material, ...]
    questions: tuple[Question, ...]
    bank_digest: Digest
    paper_size: int


class CloseCourse(CourseCommand):
    """关闭课程."""


class StudyCommand(Command):
    """About one person's year."""

    person_id: UUID
    year: int
    course_id: UUID

    @property
    def stream(self) -> str:
        """The person's year."""
        return f"exams/{self.person_id}/{self.year}"

    @property
    def resource(self) -> UUID:
        """The course."""
        return self.course_id


class Enrol(StudyCommand):
    """选学课程."""


class CompleteLesson(StudyCommand):
    """完成课时学习."""

    lesson_id: UUID


class AskRecognition(StudyCommand):
    """申请计入学时: what is due and was not recognised by itself, such as after a course that
    the learner lacked was closed."""


class StartAttempt(StudyCommand):
    """开始考试, with a paper drawn for it; an attempt under way goes on with its own paper."""

    attempt_id: UUID
    paper: tuple[UUID, ...]


class AttemptCommand(StudyCommand):
    """About one attempt."""

    attempt_id: UUID

    @property
    def resource(self) -> UUID:
        """The attempt."""
        return self.attempt_id


class SaveAnswers(AttemptCommand):
    """保存答题: nothing happens but that a lost connection loses nothing."""

    answers: Answers


class SubmitAnswers(AttemptCommand):
    """交卷. `score` of 100 was found by the server from the private bank. `as_saved`: the answers
    are the saved ones, of the sheet that was saved last at `saved_at` (None: never)."""

    answers: Answers
    score: int
    as_saved: bool = False
    saved_at: datetime | None = None


class EndAttempt(AttemptCommand):
    """到时收卷: the time limit has come; `score` is that of what was saved."""

    score: int


class AnnulResult(AttemptCommand):
    """考试成绩作废, with a reason, which is for the private table."""

    reason: str
    reason_digest: Digest


class PrepareMakeUp(StudyCommand):
    """受理补学补考申请, with a note of the call, which is for the private table."""

    note: str
    note_digest: Digest | None


class OpenMakeUp(StudyCommand):
    """开通补学补考. `hours`: what the course's kind earns, where no notice known here says it."""

    hours: Hours | None = None


class DeclineMakeUp(StudyCommand):
    """不予开通补学补考."""


CoursesCommand = PublishCourse | CloseCourse
StudiesCommand = (
    Enrol
    | CompleteLesson
    | AskRecognition
    | StartAttempt
    | SaveAnswers
    | SubmitAnswers
    | EndAttempt
    | AnnulResult
    | PrepareMakeUp
    | OpenMakeUp
    | DeclineMakeUp
)
