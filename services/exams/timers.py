"""到时收卷: an attempt whose time is over is scored with what was saved, whoever is there."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from libs.events.envelope import Envelope
from libs.runtime.log.writer import GIVES_UP_AFTER
from libs.runtime.reading import Found, select
from libs.runtime.timing import Task
from services.exams import paper
from services.exams.commands import EXAMS, EndAttempt

AT_ONCE = 200
LAST_SAVES = timedelta(seconds=GIVES_UP_AFTER + 1)
"""Answers sent in time may still wait in a queue; after this they are in the sheet, or their
sender was told that they are not."""

_DUE = """
SELECT attempt_id, person_id, year, course_id, paper FROM attempts
WHERE state = 'open' AND ends <= %s ORDER BY ends LIMIT %s"""


async def attempts_over(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """The attempts whose time is over: three questions, however many they are."""
    due = await select(conn, _DUE, (now - LAST_SAVES, AT_ONCE + beside))
    if not due:
        return ()
    papers = {row["attempt_id"]: [UUID(one) for one in json.loads(row["paper"])] for row in due}
    sheets = await paper.sheets(conn, list(papers))
    key = await paper.key(conn, {one for questions in papers.values() for one in questions})
    blank = paper.Sheet({})

    def score(attempt: UUID) -> int:
        return key.score(papers[attempt], sheets.get(attempt, blank).answers)

    return [Task(_end(row, score(row["attempt_id"]), now)) for row in due]


def _end(row: Found, score: int, now: datetime) -> EndAttempt:
    return EndAttempt(
        envelope=Envelope(at=now, actor=EXAMS, key=f"end {row['attempt_id']}", correlation=uuid7()),
        score=score,
        **{name: row[name] for name in ("attempt_id", "person_id", "year", "course_id")},
    )
