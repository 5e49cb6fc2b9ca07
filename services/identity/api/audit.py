"""审计: what was done on accounts, units and admins; for the audit administrator."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from psycopg import AsyncConnection
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.events.envelope import Role
from libs.events.roles import for_these
from libs.runtime.web import paging
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.desk import Desk
from libs.runtime.web.paging import MOST_A_PAGE, Page
from libs.runtime.web.shown import ChinaTime
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK

router = APIRouter(tags=["audit (审计)"])


class Deed(BaseModel):
    """Something that was done, and by whom. No personal data."""

    position: int
    type: str = Field(description="事项", examples=["identity.AdminAppointed"])
    shown: str = Field(description="事项, its official term", examples=["新增管理员"])
    at: ChinaTime
    actor: UUID = Field(
        description="Who did it; before login a keyed digest of the number, under role `learner`"
    )
    role: Role
    unit_id: UUID | None = Field(description="The actor's unit")
    about: UUID = Field(description="The person or unit that it was done to")
    said: dict[str, Any]


@router.get("/audit", openapi_extra=by(authority.AUDITS))
async def audit(
    desk: AtDesk,
    actor: Caller,
    about: Annotated[
        UUID | None, Query(description="人员或单位编号, to see what was done to it")
    ] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[Deed]:
    """Every act, the latest first (审计记录)."""
    if actor.role not in authority.AUDITS:
        raise Refused(for_these(NOT_YOUR_TASK, authority.AUDITS))
    before = paging.decode(cursor, tuple[int])[0] if cursor else None
    async with desk.reading() as conn:
        found = await acts(conn, about, before, limit + 1)
    return paging.page(found, limit, lambda row: _deed(desk, *row), lambda row: [row[0]])


async def acts(
    conn: AsyncConnection, about: UUID | None, before: int | None, most: int
) -> list[tuple[Any, ...]]:
    """The latest events. Only what is asked for is a condition: so one person's are found by an
    index, however long ago they happened."""
    asked = {"position < %s": before, "subject = %s": about}
    wanted = {condition: value for condition, value in asked.items() if value is not None}
    query = (
        "SELECT position, type, recorded_at, subject, meta, body FROM events "
        f"WHERE {' AND '.join(['true', *wanted])} ORDER BY position DESC LIMIT {most:d}"
    )
    return await (await conn.execute(query.encode(), list(wanted.values()))).fetchall()


def _deed(
    desk: Desk, position: int, kind: str, at: datetime, about: UUID, meta: str, body: str
) -> Deed:
    said = msgspec.json.decode(meta, type=dict[str, str])
    return Deed(
        position=position,
        type=kind,
        shown=desk.service.events.term(kind),
        at=at,
        actor=UUID(said["actor"]),
        role=Role(said["role"]),
        unit_id=UUID(said["unit"]) if "unit" in said else None,
        about=about,
        said=msgspec.json.decode(body, type=dict[str, Any]),
    )
