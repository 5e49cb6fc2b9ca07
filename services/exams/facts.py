"""What the decisions of one batch may read, loaded once under its lock."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from libs.events.command import Command
from libs.events.exams import CourseKind
from libs.events.hours import PackVersion
from libs.policy import Pack
from libs.runtime.following.packs import EXTENDED, published
from libs.runtime.service import Rows
from libs.runtime.tables import Statement
from services.exams.commands import PublishCourse, StudyCommand
from services.exams.state.known import ExamsFacts, Law, Offered, Place

_PEOPLE = "SELECT person_id, unit_id, jurisdiction FROM people WHERE person_id = ANY(%s)"
_COURSES = """
SELECT course_id, jurisdiction, year, kind, title, lessons, questions, paper_size, closed
FROM courses WHERE year = ANY(%s)"""
_HEARD = """
SELECT min(as_of) FROM heard WHERE context IN ('identity', 'policy') HAVING count(*) = 2"""


class ExamsLookup:
    """Asks for people, packs, courses and how current they are; remembers packs by digest."""

    def __init__(self) -> None:
        self._packs: dict[str, Pack] = {}

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Five small statements, whatever the number of commands."""
        people = {c.person_id for c in commands if isinstance(c, StudyCommand)}
        years = {c.year for c in commands if isinstance(c, StudyCommand | PublishCourse)}
        return (
            Statement(_PEOPLE, (list(people),)),
            published(self._packs),
            EXTENDED,
            Statement(_COURSES, (list(years),)),
            Statement(_HEARD),
        )

    def answer(self, results: Sequence[Rows]) -> ExamsFacts:
        """The record."""
        people, packs, extensions, courses, heard = results
        return ExamsFacts(
            laws=self._laws(packs, extensions),
            people={person: Place(unit, where) for person, unit, where in people},
            courses={row[0]: _offered(*row) for row in courses},
            heard=heard[0][0] if heard else None,
        )

    def _laws(self, packs: Rows, extensions: Rows) -> dict[tuple[str, int], Law]:
        laws = {}
        for jurisdiction, year, name, version, digest, content in packs:
            if content is not None:
                self._packs[digest] = Pack.from_json(content)
            extended: dict[tuple[str, UUID | None], date] = {
                (window, UUID(unit) if unit else None): until
                for pack, window, unit, until in extensions
                if pack == name
            }
            laws[jurisdiction, year] = Law(
                self._packs[digest],
                PackVersion(pack=name, version=version, digest=digest),
                extended,
            )
        return laws


def _offered(
    course_id: UUID,
    jurisdiction: str,
    year: int,
    kind: str,
    title: str,
    lessons: str,
    questions: int,
    paper_size: int,
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
        closed,
    )
