"""What is kept of accounts, asked for by requests before they become commands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection

from libs.events.envelope import Actor, Role
from libs.events.identity import Way
from libs.events.values import Digest
from services.identity.commands import Holder


@dataclass(frozen=True, slots=True)
class Known:
    """An account, with the hash of its password if it has one."""

    holder: Holder
    account_id: UUID
    hash: str | None


@dataclass(frozen=True, slots=True)
class Open:
    """A session that can be renewed: who acts now, and until when."""

    holder: Holder
    actor: Actor
    until: datetime


async def of_number(conn: AsyncConnection, digest: Digest) -> Known | None:
    """The person with this number."""
    rows = await conn.execute(
        "SELECT person_id, hash FROM vault LEFT JOIN credentials ON account_id = person_id "
        "WHERE digest = %s",
        (digest,),
    )
    row = await rows.fetchone()
    return Known(Holder.PERSON, *row) if row else None


async def of_unit_code(conn: AsyncConnection, code: str) -> Known | None:
    """The unit with this code (单位账号)."""
    rows = await conn.execute(
        "SELECT unit_id, hash FROM units LEFT JOIN credentials ON account_id = unit_id "
        "WHERE code = %s",
        (code,),
    )
    row = await rows.fetchone()
    return Known(Holder.UNIT, *row) if row else None


async def of_id(conn: AsyncConnection, holder: Holder, account_id: UUID) -> Known:
    """The account that is logged in."""
    rows = await conn.execute("SELECT hash FROM credentials WHERE account_id = %s", (account_id,))
    row = await rows.fetchone()
    return Known(holder, account_id, row[0] if row else None)


async def session(
    conn: AsyncConnection,
    now: datetime,
    *,
    session_id: UUID | None = None,
    secret_digest: Digest | None = None,
) -> Open | None:
    """The live session with this id or secret, in its role as it stands now."""
    rows = await conn.execute(
        "SELECT s.session_id, s.holder, s.account_id, s.role, coalesce(p.unit_id, s.unit_id), "
        "CASE WHEN s.role = 'learner' THEN p.department_id ELSE s.department_id END, s.until "
        "FROM sessions s LEFT JOIN people p "
        "ON s.role = 'learner' AND p.person_id = s.account_id "
        "WHERE (s.session_id = %s OR s.secret_digest = %s) AND s.until > %s",
        (session_id, secret_digest, now),
    )
    row = await rows.fetchone()
    if row is None:
        return None
    found, holder, account_id, role, unit_id, department_id, until = row
    actor = Actor(account_id, Role(role), unit_id, department_id, found)
    return Open(Holder(holder), actor, until)


async def pending(conn: AsyncConnection, account_id: UUID, way: Way) -> UUID | None:
    """The id of the code that waits to be used."""
    rows = await conn.execute(
        "SELECT activation_id FROM activations WHERE account_id = %s AND way = %s",
        (account_id, way.value),
    )
    row = await rows.fetchone()
    return row[0] if row else None
