"""试卷: drawn at random from the private bank, shown without answers, scored on the server.

None of it happens inside the batch; what a decision needs comes to it with the command.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.runtime.reading import Found, select
from services.exams.commands import Answers

FULL_MARKS = 100  # 平台约定 第二十二条; docs/decisions/0136
_CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Sheet:
    """答题卡: what somebody has marked, and when that was saved last."""

    answers: Answers
    saved_at: datetime | None = None


async def draw(conn: AsyncConnection, course_id: UUID) -> tuple[UUID, ...]:
    """A paper for one attempt; none where the course has no exam."""
    bank = await select(
        conn,
        "SELECT q.question_id, c.paper_size FROM questions q JOIN courses c USING (course_id) "
        "WHERE course_id = %s",
        (course_id,),
    )
    size = bank[0]["paper_size"] if bank else 0
    return tuple(_CHANCE.sample([row["question_id"] for row in bank], size))


async def questions(conn: AsyncConnection, paper: Sequence[UUID]) -> list[Found]:
    """The questions of a paper in its order, as far as the browser may know them."""
    rows = await select(
        conn,
        "SELECT question_id, kind, text, options, marks FROM questions WHERE question_id = ANY(%s)",
        (list(paper),),
    )
    found = {row["question_id"]: {**row, "options": json.loads(row["options"])} for row in rows}
    return [found[question] for question in paper]


async def sheet(conn: AsyncConnection, attempt_id: UUID) -> Sheet:
    """What was saved of this attempt's answers."""
    return (await sheets(conn, [attempt_id])).get(attempt_id, Sheet({}))


async def sheets(conn: AsyncConnection, attempts: Sequence[UUID]) -> Mapping[UUID, Sheet]:
    """What was saved of these attempts' answers; nothing of some."""
    rows = await select(
        conn,
        "SELECT attempt_id, marked, saved_at FROM answer_sheets WHERE attempt_id = ANY(%s)",
        (list(attempts),),
    )
    return {row["attempt_id"]: Sheet(_answers(row["marked"]), row["saved_at"]) for row in rows}


def _answers(marked: str) -> Answers:
    said: dict[str, Any] = json.loads(marked)
    return {UUID(question): tuple(letters) for question, letters in said.items()}


async def score(conn: AsyncConnection, paper: Sequence[UUID], answers: Answers) -> int:
    """Marks of 100, for one paper."""
    return (await key(conn, paper)).score(paper, answers)


async def key(conn: AsyncConnection, questions: Collection[UUID]) -> "Key":
    """What is right in these questions, of one paper or many."""
    rows = await select(
        conn,
        "SELECT question_id, right_letters, marks FROM questions WHERE question_id = ANY(%s)",
        (list(questions),),
    )
    return Key({row["question_id"]: row for row in rows})


@dataclass(frozen=True, slots=True)
class Key:
    """标准答案: the right letters and the marks of questions."""

    questions: Mapping[UUID, Found]

    def score(self, paper: Sequence[UUID], answers: Answers) -> int:
        """Marks of 100, rounded down. A question has its marks when exactly the right options are
        marked, and none otherwise."""
        asked = [self.questions[one] for one in paper if one in self.questions]
        whole = sum(row["marks"] for row in asked)
        right = sum(
            row["marks"]
            for row in asked
            if set(answers.get(row["question_id"], ())) == set(row["right_letters"])
        )
        return FULL_MARKS * right // whole if whole else 0
