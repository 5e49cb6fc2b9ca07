"""What time does in identity: old sessions end, and people of a closed department have none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from libs.events.envelope import Actor, Envelope
from libs.policy import china_day
from libs.runtime.timing import Due, Seldom, Task
from services.identity.commands import AssignDepartment, EndSession, Holder
from services.identity.offices import SETUP

MOST_AT_ONCE = 200


async def old_sessions(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """Sessions that can't be renewed any more."""
    rows = await conn.execute(
        "SELECT session_id, holder, account_id FROM sessions WHERE until <= %s LIMIT %s",
        (now, MOST_AT_ONCE + beside),
    )
    return [
        Task(
            EndSession(
                envelope=_envelope(now, f"expired:{session_id}", SETUP),
                holder=Holder(holder),
                account_id=account_id,
                session_id=session_id,
                reason="expired",
            )
        )
        for session_id, holder, account_id in await rows.fetchall()
    ]


_HEAD = "SELECT coalesce(max(position), 0) FROM events"
_TO_LEAVE = """
SELECT p.person_id, p.department_id, p.version
FROM departments d JOIN people p USING (unit_id, department_id)
WHERE d.closed AND p.membership = 'member'"""
_NEWS = "SELECT DISTINCT subject FROM events WHERE position > %s AND position <= %s"
_NEWLY_TO_LEAVE = f"""
{_TO_LEAVE} AND d.unit_id = ANY(%(news)s) UNION {_TO_LEAVE} AND p.person_id = ANY(%(news)s)"""


class ClosedDepartments:
    """撤销部门: its people have no department, and belong to the general admin.

    All departments that were ever closed are looked up until nobody is left in one; from then on
    those of units and people of whom something new is said: a department of theirs was closed,
    or they were confirmed into one that had been.
    """

    def __init__(self) -> None:
        self._nobody_left: tuple[AsyncConnection, int] | None = None  # up to this position

    async def __call__(self, conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
        """The next people."""
        row = await (await conn.execute(_HEAD)).fetchone()
        head = int(row[0]) if row else 0
        asked: dict[str, Any] = {"most": MOST_AT_ONCE + beside}
        query = _TO_LEAVE
        if self._nobody_left and self._nobody_left[0] is conn:
            news = await conn.execute(_NEWS, (self._nobody_left[1], head))
            asked["news"] = [subject for (subject,) in await news.fetchall()]
            query = _NEWLY_TO_LEAVE
        rows = await conn.execute(f"{query} LIMIT %(most)s".encode(), asked)
        found = await rows.fetchall()
        self._nobody_left = None if found else (conn, head)
        return [Task(_left(person_id, f"{at}:{version}", now)) for person_id, at, version in found]


def _left(person_id: UUID, why: str, now: datetime) -> AssignDepartment:
    return AssignDepartment(
        envelope=_envelope(now, f"closed:{why}", SETUP),
        person_id=person_id,
        department_id=None,
        effective=china_day(now),
    )


def _envelope(now: datetime, key: str, actor: Actor) -> Envelope:
    correlation: UUID = uuid7()
    return Envelope(at=now, actor=actor, key=key, correlation=correlation)


SELDOM = 2.0  # seconds


def due() -> Sequence[Due]:
    """What a timer looks at."""
    return (old_sessions, Seldom(ClosedDepartments(), SELDOM))
