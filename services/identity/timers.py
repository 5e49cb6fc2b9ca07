"""What time does in identity: old sessions end, and people of a closed department have none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from libs.events.envelope import Actor, Envelope
from libs.policy import china_day
from libs.runtime.timing import Seldom, Task
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


async def closed_departments(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """撤销部门: its people have no department, and belong to the general admin. All departments
    that were ever closed are looked up each time: so it is done seldom."""
    rows = await conn.execute(
        "SELECT p.person_id, p.department_id, p.version FROM departments d "
        "JOIN people p USING (unit_id, department_id) "
        "WHERE d.closed AND p.membership = 'member' LIMIT %s",
        (MOST_AT_ONCE + beside,),
    )
    return [
        Task(
            AssignDepartment(
                envelope=_envelope(now, f"closed:{department_id}:{version}", SETUP),
                person_id=person_id,
                department_id=None,
                effective=china_day(now),
            )
        )
        for person_id, department_id, version in await rows.fetchall()
    ]


def _envelope(now: datetime, key: str, actor: Actor) -> Envelope:
    correlation: UUID = uuid7()
    return Envelope(at=now, actor=actor, key=key, correlation=correlation)


SELDOM = 2.0  # seconds
DUE = (old_sessions, Seldom(closed_departments, SELDOM))
