"""What the decisions of one batch may read, loaded once under its lock."""

import json
from collections.abc import Sequence
from uuid import UUID

from libs.events.command import Command
from libs.events.exams import CourseKind
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import HEARD, as_of
from libs.runtime.tables import Rows, Statement
from services.exams.commands import PublishCourse, SaveAnswers, StudyCommand, SubmitAnswers
from services.exams.state.known import ExamsFacts, Offered, Place

_PEOPLE = "SELECT person_id, unit_id, jurisdiction FROM people WHERE person_id = ANY(%s)"
_COURSES = """
SELECT course_id, jurisdiction, year, kind, title, lessons, questions, paper_size,
    by_unit_id, closed
FROM courses WHERE year = ANY(%s)"""

_SAVED = """
SELECT a.attempt_id, s.saved_at
FROM unnest(%s::uuid[]) AS a (attempt_id) LEFT JOIN answer_sheets s USING (attempt_id)"""


class ExamsLookup:
    """Asks for people, packs, courses, sheets that are handed in, and how current all are."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Five small statements, whatever the number of commands."""
        people = {c.person_id for c in commands if isinstance(c, StudyCommand)}
        years = {c.year for c in commands if isinstance(c, StudyCommand | PublishCourse)}
        handed_in = {c.attempt_id for c in commands if isinstance(c, SubmitAnswers) and c.as_saved}
        being_saved = {c.attempt_id for c in commands if isinstance(c, SaveAnswers)}
        return (
            Statement(_PEOPLE, (list(people),)),
            laws.ask(people),
            Statement(_COURSES, (list(years),)),
            Statement(_SAVED, (list(handed_in - being_saved),)),
            HEARD,
        )

    def answer(self, results: Sequence[Rows]) -> ExamsFacts:
        """The record."""
        people, published, courses, saved, heard = results
        return ExamsFacts(
            laws=laws.answer(published).newest,
            people={person: Place(unit, where) for person, unit, where in people},
            courses={row[0]: _offered(*row) for row in courses},
            saved=dict(saved),
            heard=as_of(heard, "identity", "policy"),
        )


def _offered(
    course_id: UUID,
    jurisdiction: str,
    year: int,
    kind: str,
    title: str,
    lessons: str,
    questions: int,
    paper_size: int,
    by_unit_id: UUID,
    closed: bool,
) -> Offered:
    ids = tuple(UUID(lesson) for lesson in json.loads(lessons))
    return Offered(
        course_id,
        jurisdiction,
        year,
        CourseKind(kind),
        title,
        ids,
        questions,
        paper_size,
        by_unit_id,
        closed,
    )
