"""What is known beside the streams: the law, where people belong, the courses of the years."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from libs.decider.refusals import EVERYTHING
from libs.events.event import Event
from libs.events.exams import CourseClosed, CourseKind, CoursePublished
from libs.policy import Law, Moment, Window
from libs.policy.public import MakeUp


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a year's study is judged. `own`: by the year's own notice; else by the later one
    that opens its make-up. `make_up` and `opener`: that offer, and the notice that makes it."""

    law: Law
    own: bool
    make_up: MakeUp | None = None
    opener: Law | None = None

    @property
    def attempts(self) -> int:
        """考试机会 of the year's own notice; a make-up gives its own beside them."""
        return self.law.pack.exam.attempts.value if self.own else 0

    def in_training(self, unit_id: UUID | None, at: datetime) -> bool:
        """在培训期间: of the year's own notice."""
        return self.own and self.training(unit_id).at(at) is Moment.OPEN

    def training(self, unit_id: UUID | None) -> Window:
        """学习考试时限, as the bureau has extended it."""
        return self.law.window("public.study", unit_id)

    def make_up_is_open(self, unit_id: UUID | None, at: datetime) -> bool:
        """A later notice opens this year's make-up now."""
        window = self.making_up(unit_id)
        return window is not None and window.at(at) is Moment.OPEN

    def making_up(self, unit_id: UUID | None) -> Window | None:
        """补学补考时限 of the notice that opens it, as the bureau has extended it."""
        if self.opener is None or self.make_up is None:
            return None
        return self.opener.window(f"make_ups.{self.make_up.of_year}", unit_id)

    def lets_study(self, unit_id: UUID | None, at: datetime, opened_by: Collection[str]) -> bool:
        """In the year's training period; or in the make-up's, for whom the bureau has opened it
        under the notice that offers it now. `opened_by`: the notices under which it has."""
        if self.in_training(unit_id, at):
            return True
        opened = self.opener is not None and self.opener.pack.id in opened_by
        return opened and self.make_up_is_open(unit_id, at)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person belongs, as identity last said."""

    unit_id: UUID
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A course as decisions of learners need it."""

    course_id: UUID
    jurisdiction: str
    year: int
    kind: CourseKind
    title: str
    lessons: tuple[UUID, ...]
    questions: int
    paper_size: int
    by_unit_id: UUID
    closed: bool = False

    @classmethod
    def of(cls, event: CoursePublished) -> "Offered":
        """As it was published."""
        return cls(**event.model_dump(include=set(cls.__dataclass_fields__) - {"closed"}))


@dataclass(frozen=True, slots=True)
class ExamsFacts:
    """Loaded once a batch. `heard`: as of when identity and policy are known. `saved`: when the
    sheets that are handed in as saved were saved last; one that this very batch saves is absent.
    """

    laws: Mapping[tuple[str, int], Law] = field(default_factory=dict)
    people: Mapping[UUID, Place] = field(default_factory=dict)
    courses: Mapping[UUID, Offered] = field(default_factory=dict)
    saved: Mapping[UUID, datetime | None] = field(default_factory=dict)
    heard: datetime | None = EVERYTHING

    def terms(self, jurisdiction: str, year: int) -> Terms | None:
        """The year's own notice, the latest that opens its make-up, or both."""
        found = self.laws.get((jurisdiction, year))
        own = found if found and found.pack.says("public", "exam") else None
        opener = next(self._opening(jurisdiction, year), None)
        if (law := own or opener) is None:
            return None
        make_up = opener.pack.make_up(year) if opener else None
        return Terms(law, own is not None, make_up, opener)

    def _opening(self, jurisdiction: str, year: int) -> Iterator[Law]:
        for (where, _), law in sorted(self.laws.items(), key=lambda one: one[0], reverse=True):
            pack = law.pack
            if where == jurisdiction and pack.says("public", "exam") and pack.make_up(year):
                yield law

    def offered(self, jurisdiction: str, year: int, kind: CourseKind) -> Sequence[Offered]:
        """The courses of this kind, closed ones as well."""
        return [
            course
            for course in self.courses.values()
            if (course.jurisdiction, course.year, course.kind) == (jurisdiction, year, kind)
        ]

    def after(self, events: Sequence[Event]) -> "ExamsFacts":
        """Courses come and close within a batch, too."""
        courses = dict(self.courses)
        for event in events:
            if isinstance(event, CoursePublished):
                courses[event.course_id] = Offered.of(event)
            elif isinstance(event, CourseClosed) and event.course_id in courses:
                courses[event.course_id] = replace(courses[event.course_id], closed=True)
        return replace(self, courses=courses) if courses != self.courses else self
