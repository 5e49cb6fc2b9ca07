"""What lists and pages read: courses, studies, attempts, what was earned. Each row is a function
of its stream."""

import json
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.exams.state.course import Course
from services.exams.state.study import Attempt, Study, StudyYear

COURSES = Table(
    "courses",
    key=("course_id",),
    columns={
        "course_id": "uuid",
        "jurisdiction": "text NOT NULL",
        "year": "int NOT NULL",
        "kind": "text NOT NULL",
        "title": "text NOT NULL",
        "lessons": "text NOT NULL",  # ids, as JSON
        "questions": "int NOT NULL",
        "paper_size": "int NOT NULL",
        "bank_digest": "text NOT NULL",
        "by_unit_id": "uuid NOT NULL",
        "closed": "boolean NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(year, jurisdiction)",),
)

STUDIES = Table(
    "studies",
    key=("person_id", "course_id"),
    columns={
        "person_id": "uuid",
        "course_id": "uuid",
        "year": "int NOT NULL",
        "began": "text",  # none: only a make-up was asked for
        "done": "text NOT NULL",  # lesson ids, as JSON
        "completed": "boolean NOT NULL",
        "used": "int NOT NULL",  # attempts
        "opened": "int NOT NULL",  # attempts that make-ups gave
        "opened_by": "text NOT NULL",  # the notices under which they were opened, as JSON
        "passed": "boolean NOT NULL",
        "score": "int",  # the best that stands
        "make_up": "text NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(year, person_id, course_id)", "(version) WHERE make_up = 'prepared'"),
)

ATTEMPTS = Table(
    "attempts",
    key=("attempt_id",),
    columns={
        "attempt_id": "uuid",
        "person_id": "uuid NOT NULL",
        "year": "int NOT NULL",
        "course_id": "uuid NOT NULL",
        "number": "int NOT NULL",
        "paper": "text NOT NULL",  # question ids, as JSON
        "ends": "timestamptz NOT NULL",
        "state": "text NOT NULL",
        "score": "int",
        "version": "bigint NOT NULL",
    },
    indexes=("(person_id, year)", "(ends) WHERE state = 'open'"),
)

RECOGNITIONS = Table(
    "recognitions",
    key=("entry_id",),
    columns={
        "entry_id": "uuid",
        "person_id": "uuid NOT NULL",
        "year": "int NOT NULL",
        "course_id": "uuid NOT NULL",
        "category": "text NOT NULL",
        "hours": "int NOT NULL",  # hundredths of an hour
        "title": "text NOT NULL",
        "pack": "text NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(person_id, year)",),
)

OWN = (COURSES, STUDIES, ATTEMPTS, RECOGNITIONS)


def course_rows(
    course: Course, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """The row of the course."""
    said = course.published
    if said is None:
        return
    for course_id in touched:
        yield COURSES.row(
            course_id=course_id,
            jurisdiction=said.jurisdiction,
            year=said.year,
            kind=said.kind.value,
            title=said.title,
            lessons=_ids(said.lessons),
            questions=said.questions,
            paper_size=said.paper_size,
            bank_digest=said.bank_digest,
            by_unit_id=said.by_unit_id,
            closed=course.closed,
            version=touches[course_id].position,
        )


def study_rows(
    year: StudyYear, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """The rows of these courses, attempts and recognitions."""
    courses = {one for one in touched if one in year.studies}
    for resource in touched:
        if (attempt := year.attempts.get(resource)) is not None:
            yield _attempt_row(year, attempt, touches[resource])
            courses.add(attempt.course_id)
        if resource in year.recognised:
            yield _recognition_row(year, resource, touches[resource])
        elif resource in year.withdrawn:
            yield RECOGNITIONS.gone(resource)
    for course_id in courses:
        yield _study_row(year, year.studies[course_id], touches)


def _study_row(year: StudyYear, study: Study, touches: Mapping[UUID, Touch]) -> Row:
    attempts = year.attempts_at(study.course_id)
    scores = [a.score for a in attempts if a.score is not None and a.state != "annulled"]
    about = (study.course_id, *study.attempts)
    return STUDIES.row(
        person_id=year.person_id,
        course_id=study.course_id,
        year=year.year,
        began=str(study.began) if study.began else None,
        done=_ids(sorted(study.done)),
        completed=study.completed,
        used=len(attempts),
        opened=study.opened,
        opened_by=json.dumps(sorted(study.opened_by)),
        passed=year.passed(study.course_id),
        score=max(scores, default=None),
        make_up=study.make_up.value,
        version=max(touches[one].position for one in about if one in touches),
    )


def _attempt_row(year: StudyYear, attempt: Attempt, touch: Touch) -> Row:
    return ATTEMPTS.row(
        attempt_id=attempt.id,
        person_id=year.person_id,
        year=year.year,
        course_id=attempt.course_id,
        number=attempt.number,
        paper=_ids(attempt.paper),
        ends=attempt.ends,
        state=attempt.state.value,
        score=attempt.score,
        version=touch.position,
    )


def _recognition_row(year: StudyYear, entry_id: UUID, touch: Touch) -> Row:
    given = year.recognised[entry_id]
    return RECOGNITIONS.row(
        entry_id=entry_id,
        person_id=given.person_id,
        year=given.year,
        course_id=given.course_id,
        category=given.category,
        hours=given.hours.hundredths,
        title=given.title,
        pack=given.pack.pack,
        version=touch.position,
    )


def _ids(ids: Iterable[UUID]) -> str:
    return json.dumps([str(one) for one in ids])
