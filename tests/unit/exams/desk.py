"""The people, courses and words of the cases about exams, as an official would name them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from libs.decider import Scenario
from libs.events import exams as events
from libs.events.envelope import Actor, Envelope, Role
from libs.events.exams import CourseKind
from libs.events.values import HalfDay, Hours
from libs.policy.drafts import draft
from services.exams import commands
from services.exams.decider import study
from services.exams.state.known import ExamsFacts, Offered, Place
from services.exams.state.study import StudyEvent
from tests.policy.golden import law_of

PACK = draft("gx-2024")
LAW = law_of(PACK)
VERSION = LAW.version
DECEMBER = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
LAST_MINUTE = datetime(2024, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in China
NEW_YEAR = datetime(2024, 12, 31, 16, 0, tzinfo=UTC)  # midnight in China
YEAR = 2024
HOUR = timedelta(minutes=60)


def id_of(name: str) -> UUID:
    """The same name is the same thing in every case."""
    return uuid5(UUID(int=0), name)


LEARNER, UNIT = id_of("learner"), id_of("unit")
AS_LEARNER = Actor(LEARNER, Role.LEARNER, UNIT)
BUREAU = id_of("province")
PROVINCE = Actor(id_of("official of the province"), Role.PROVINCE_BUREAU, BUREAU)
DESK = Actor(id_of("service desk"), Role.SERVICE_DESK, id_of("training centre"))
HERSELF_AT_THE_PROVINCE = Actor(LEARNER, Role.PROVINCE_BUREAU, BUREAU)

ELECTIVES = ("unity", "property", "safety", "science", "digital")


def offered(name: str, kind: str = "elective", year: int = YEAR, lessons: int = 1) -> Offered:
    """A course; the required one has an exam of two questions."""
    questions = 2 if kind == "required" else 0
    return Offered(
        course_id=id_of(name),
        jurisdiction="CN-GX",
        year=year,
        kind=CourseKind(kind),
        title=name,
        lessons=tuple(lesson_of(name, n) for n in range(1, lessons + 1)),
        questions=questions,
        paper_size=questions,
        by_unit_id=BUREAU,
    )


def lesson_of(name: str, number: int = 1) -> UUID:
    """A lesson of a course."""
    return id_of(f"{name} lesson {number}")


COURSES = [
    offered("theme", "required", lessons=2),
    *(offered(name) for name in ELECTIVES),
    offered("theme of 2023", "required", 2023),
    offered("elective of 2023", "elective", 2023),
]
FACTS = ExamsFacts(
    laws={("CN-GX", YEAR): LAW},
    people={LEARNER: Place(UNIT, "CN-GX")},
    courses={course.course_id: course for course in COURSES},
)
exams = Scenario(study.DECIDER, FACTS, lambda facts, events: facts.after(events))


def extended(until: date, unit: UUID | None = None) -> ExamsFacts:
    """The bureau has lengthened the training period."""
    law = replace(LAW, extended={("public.study", unit): until})
    return replace(FACTS, laws={("CN-GX", YEAR): law})


def closed(name: str) -> ExamsFacts:
    """A course was closed."""
    return FACTS.after([events.CourseClosed(course_id=id_of(name))])


def envelope(by: Actor, at: datetime = DECEMBER) -> Envelope:
    """A click."""
    return Envelope(at=at, actor=by, key="a-click-of-a-test", correlation=id_of("click"))


def about(course: str) -> dict[str, object]:
    """Which course of whom."""
    year = 2023 if course.endswith("2023") else YEAR
    return {"person_id": LEARNER, "year": year, "course_id": id_of(course)}


BEGAN = HalfDay.parse("2024-11-04/am")


def enrolled(course: str = "theme") -> events.CourseEnrolled:
    """The learner took up the course."""
    known = FACTS.courses[id_of(course)]
    return events.CourseEnrolled(
        **about(course), kind=known.kind, lessons=known.lessons, began=BEGAN
    )


def learnt(course: str = "theme", number: int = 1) -> events.LessonCompleted:
    """A lesson was completed."""
    return events.LessonCompleted(**about(course), lesson_id=lesson_of(course, number))


def completed(course: str = "theme") -> events.CourseCompleted:
    """All of its lessons."""
    return events.CourseCompleted(**about(course))


def all_of(course: str = "theme") -> list[StudyEvent]:
    """From 选学 to the last lesson."""
    lessons = range(1, len(FACTS.courses[id_of(course)].lessons) + 1)
    return [enrolled(course), *(learnt(course, n) for n in lessons), completed(course)]


PAPER = (id_of("question 1"), id_of("question 2"))


def begun(
    number: int = 1, course: str = "theme", at: datetime = DECEMBER
) -> events.ExamAttemptStarted:
    """The attempt of this number was started."""
    return events.ExamAttemptStarted(
        **about(course),
        attempt_id=id_of(f"attempt {number}"),
        number=number,
        paper=PAPER,
        minutes=60,
        ends=at + HOUR,
    )


def failed(number: int = 1, score: int = 59, course: str = "theme") -> events.ExamAttemptFailed:
    """Its score did not reach the mark."""
    return events.ExamAttemptFailed(
        **about(course), attempt_id=id_of(f"attempt {number}"), score=score
    )


def passed(number: int = 1, score: int = 60, course: str = "theme") -> events.ExamAttemptPassed:
    """Its score did."""
    return events.ExamAttemptPassed(
        **about(course), attempt_id=id_of(f"attempt {number}"), score=score
    )


def exhausted(course: str = "theme") -> events.AttemptsExhausted:
    """None left."""
    return events.AttemptsExhausted(**about(course))


def thrice() -> Sequence[StudyEvent]:
    """Three failures."""
    return [e for n in (1, 2, 3) for e in (begun(n), failed(n))] + [exhausted()]


def opened(
    course: str = "theme", attempts: int = 3, hours: str | None = None
) -> events.MakeUpOpened:
    """The bureau opened a make-up."""
    given = Hours.of(hours) if hours else None
    return events.MakeUpOpened(**about(course), attempts=attempts, pack=VERSION, hours=given)


def recognised(course: str = "theme", **changes: object) -> events.CourseRecognised:
    """The hours of the required course stand."""
    words = {
        **about(course),
        "entry_id": uuid5(id_of(course), str(LEARNER)),
        "category": "public.required",
        "rule": "course.required",
        "hours": Hours.of(15),
        "title": course,
        "began": BEGAN,
        "ended": HalfDay.parse("2024-12-20/am"),
        "by_unit_id": BUREAU,
        "pack": VERSION,
    }
    return events.CourseRecognised(**(words | changes))


def enrol(course: str = "theme", by: Actor = AS_LEARNER, at: datetime = DECEMBER) -> commands.Enrol:
    """Take it up."""
    return commands.Enrol(envelope=envelope(by, at), **about(course))


def complete(
    course: str = "theme", number: int = 1, by: Actor = AS_LEARNER, at: datetime = DECEMBER
) -> commands.CompleteLesson:
    """Complete a lesson."""
    return commands.CompleteLesson(
        envelope=envelope(by, at), **about(course), lesson_id=lesson_of(course, number)
    )


def start(
    number: int = 1,
    course: str = "theme",
    by: Actor = AS_LEARNER,
    at: datetime = DECEMBER,
    paper: tuple[UUID, ...] = PAPER,
) -> commands.StartAttempt:
    """Start an attempt; the number names it, and counts nothing."""
    return commands.StartAttempt(
        envelope=envelope(by, at),
        **about(course),
        attempt_id=id_of(f"attempt {number}"),
        paper=paper,
    )


def submit(
    number: int = 1, score: int = 60, course: str = "theme", at: datetime = DECEMBER
) -> commands.SubmitAnswers:
    """Hand in."""
    return commands.SubmitAnswers(
        envelope=envelope(AS_LEARNER, at),
        **about(course),
        attempt_id=id_of(f"attempt {number}"),
        answers={},
        score=score,
    )


def save(
    number: int = 1, at: datetime = DECEMBER, question: str = "question 1"
) -> commands.SaveAnswers:
    """Save what is marked."""
    return commands.SaveAnswers(
        envelope=envelope(AS_LEARNER, at),
        **about("theme"),
        attempt_id=id_of(f"attempt {number}"),
        answers={id_of(question): ("A",)},
    )


def end(number: int = 1, score: int = 0, at: datetime = DECEMBER + HOUR) -> commands.EndAttempt:
    """The timer takes the paper away."""
    return commands.EndAttempt(
        envelope=envelope(commands.EXAMS, at),
        **about("theme"),
        attempt_id=id_of(f"attempt {number}"),
        score=score,
    )


def annul(number: int = 1, reason: str = "替考", by: Actor = PROVINCE) -> commands.AnnulResult:
    """The result is not to stand."""
    return commands.AnnulResult(
        envelope=envelope(by),
        **about("theme"),
        attempt_id=id_of(f"attempt {number}"),
        reason=reason,
        reason_digest="0" * 64,
    )


def call(
    course: str = "theme", by: Actor = DESK, note: str = "", at: datetime = DECEMBER
) -> commands.PrepareMakeUp:
    """The service desk takes a call."""
    return commands.PrepareMakeUp(
        envelope=envelope(by, at), **about(course), note=note, note_digest=None
    )


def open_(
    course: str = "theme",
    hours: str | None = None,
    by: Actor = PROVINCE,
    at: datetime = DECEMBER,
) -> commands.OpenMakeUp:
    """The province opens a make-up."""
    given = Hours.of(hours) if hours else None
    return commands.OpenMakeUp(envelope=envelope(by, at), **about(course), hours=given)


def decline(course: str = "theme", by: Actor = PROVINCE) -> commands.DeclineMakeUp:
    """Or doesn't."""
    return commands.DeclineMakeUp(envelope=envelope(by), **about(course))


def ask(course: str) -> commands.AskRecognition:
    """What is due, please."""
    return commands.AskRecognition(envelope=envelope(AS_LEARNER), **about(course))
