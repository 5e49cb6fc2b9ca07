"""What is kept apart from events: the question bank with its right answers, lessons and
materials, what people mark on their papers, reasons and notes.

Events carry counts and keyed digests; what is about a person goes when the person is erased.
"""

import json
from collections.abc import Iterable, Sequence

from libs.events.command import Command
from libs.events.event import Event
from libs.runtime.following.erasing import ERASED
from libs.runtime.tables import Gone, Row, Table
from services.exams.commands import (
    AnnulResult,
    Answers,
    PrepareMakeUp,
    PublishCourse,
    SaveAnswers,
    SubmitAnswers,
)

QUESTIONS = Table(
    "questions",
    key=("question_id",),
    columns={
        "question_id": "uuid",
        "course_id": "uuid NOT NULL",
        "number": "int NOT NULL",
        "kind": "text NOT NULL",
        "text": "text NOT NULL",
        "options": "text NOT NULL",  # by letter, as JSON
        "right_letters": "text NOT NULL",  # sorted, such as AC; never leaves the service
        "marks": "int NOT NULL",
    },
    indexes=("(course_id, number)",),
)

CONTENTS = Table(
    "contents",
    key=("course_id",),
    columns={"course_id": "uuid", "lessons": "text NOT NULL", "materials": "text NOT NULL"},
)

ANSWER_SHEETS = Table(
    "answer_sheets",
    key=("attempt_id",),
    columns={
        "attempt_id": "uuid",
        "person_id": "uuid NOT NULL",
        "marked": "text NOT NULL",  # letters by question, as JSON
        "saved_at": "timestamptz NOT NULL",
    },
    indexes=("(person_id)",),
    owner="person_id",
)

TEXTS = Table(
    "texts",
    key=("about_id", "person_id", "kind"),
    columns={
        "about_id": "uuid",  # the attempt, or the course
        "person_id": "uuid",
        "kind": "text",  # annulment, make_up
        "digest": "text NOT NULL",
        "text": "text NOT NULL",
    },
    indexes=("(person_id)",),
    owner="person_id",
)

TABLES = (QUESTIONS, CONTENTS, ANSWER_SHEETS, TEXTS, ERASED)


def rows(command: Command, events: Sequence[Event]) -> Iterable[Row | Gone]:
    """The rows of an accepted command. Saving answers is one that nothing follows from."""
    match command:
        case SaveAnswers():
            yield _sheet(command, command.answers)
        case SubmitAnswers() if events:
            yield _sheet(command, command.answers)
        case PublishCourse() if events:
            yield from _course(command)
        case AnnulResult() if events:
            yield TEXTS.row(
                about_id=command.attempt_id,
                person_id=command.person_id,
                kind="annulment",
                digest=command.reason_digest,
                text=command.reason,
            )
        case PrepareMakeUp() if events and command.note_digest is not None:
            yield TEXTS.row(
                about_id=command.course_id,
                person_id=command.person_id,
                kind="make_up",
                digest=command.note_digest,
                text=command.note,
            )


def _sheet(command: SaveAnswers | SubmitAnswers, answers: Answers) -> Row:
    marked = {str(question): "".join(letters) for question, letters in answers.items()}
    return ANSWER_SHEETS.row(
        attempt_id=command.attempt_id,
        person_id=command.person_id,
        marked=json.dumps(marked),
        saved_at=command.envelope.at,
    )


def _course(command: PublishCourse) -> Iterable[Row]:
    content = command.model_dump(mode="json", include={"lessons", "materials"})
    yield CONTENTS.row(
        course_id=command.course_id,
        lessons=json.dumps(content["lessons"], ensure_ascii=False),
        materials=json.dumps(content["materials"], ensure_ascii=False),
    )
    for number, question in enumerate(command.questions, 1):
        yield QUESTIONS.row(
            question_id=question.question_id,
            course_id=command.course_id,
            number=number,
            kind=question.kind.value,
            text=question.text,
            options=json.dumps(dict(question.options), ensure_ascii=False),
            right_letters="".join(sorted(question.right)),
            marks=question.marks,
        )
