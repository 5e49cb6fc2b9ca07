"""Grants under way: everybody on a roster is credited, a few hundred a batch.

What is left to do is read from the views each time, so that a crash resumes with what is
missing, and somebody who registers later is credited then.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from libs.decider import Rule
from libs.events.envelope import Envelope
from libs.events.hours import GrantStarted, RevokedFor
from libs.runtime.reading import select
from libs.runtime.timing import Seldom, Task
from services.hours.commands import (
    HOURS,
    CreditClass,
    RefuseGrantEntry,
    ReopenGrantEntry,
    RevokeEntry,
    SettleGrant,
)

LOOKED_UP = 2000
"""People looked up at once. To find those who are left reads the whole roster: the fewer times
the better, and the machinery has them credited a few hundred a batch whatever their number."""

_UNDER_WAY = """
SELECT g.filing_id, g.said, n.name AS base, o.client
FROM grants g LEFT JOIN organisers o USING (filing_id)
LEFT JOIN unit_names n ON n.unit_id = o.unit_id
WHERE {} AND NOT EXISTS (SELECT FROM withdrawn w WHERE w.filing_id = g.filing_id)"""
_UNSETTLED = "NOT g.settled"
_NOT_SO_MANY = """g.settled AND g.waiting > 0 AND g.waiting <> (
    SELECT count(*) FROM rosters r LEFT JOIN directory d ON d.digest = r.number_digest
    WHERE r.roster_id = g.roster_id AND r.person_id IS NULL AND d.person_id IS NULL
      AND NOT g.left_out::jsonb @> to_jsonb(r.row))"""
_ROSTER = """
SELECT r.row, coalesce(r.person_id, d.person_id) AS person_id,
       e.entry_id IS NOT NULL OR f.person_id IS NOT NULL AS done
FROM rosters r
JOIN grants g ON g.filing_id = %s AND g.roster_id = r.roster_id
LEFT JOIN directory d ON d.digest = r.number_digest
LEFT JOIN entries e ON e.source_id = g.filing_id
    AND e.person_id = coalesce(r.person_id, d.person_id)
LEFT JOIN grant_refusals f ON f.filing_id = g.filing_id
    AND f.person_id = coalesce(r.person_id, d.person_id)
WHERE NOT g.left_out::jsonb @> to_jsonb(r.row)"""
_TO_CREDIT = f"""
SELECT person_id FROM ({_ROSTER}) r WHERE person_id IS NOT NULL AND NOT done LIMIT %s"""
_COUNTS = """
SELECT (SELECT count(*) FROM entries WHERE source_id = %(filing)s) AS credited,
       (SELECT count(*) FROM rosters r JOIN grants g USING (roster_id)
        LEFT JOIN directory d ON d.digest = r.number_digest
        WHERE g.filing_id = %(filing)s AND coalesce(r.person_id, d.person_id) IS NULL
          AND NOT g.left_out::jsonb @> to_jsonb(r.row)) AS waiting"""
_TO_TRY_AGAIN = """
SELECT f.filing_id, f.person_id, f.same_as FROM grant_refusals f
WHERE f.same_as IS NOT NULL
  AND NOT EXISTS (SELECT FROM entries e WHERE e.entry_id = f.same_as)
  AND NOT EXISTS (SELECT FROM withdrawn w WHERE w.filing_id = f.filing_id) LIMIT %s"""
_TO_REVOKE = """
SELECT e.entry_id, e.person_id, e.year, w.by_unit_id
FROM withdrawn w JOIN entries e ON e.source_id = w.filing_id LIMIT %s"""


def entry_of(filing_id: UUID, person_id: UUID) -> UUID:
    """The entry that one class gives one person: the same whoever computes it."""
    return uuid5(filing_id, str(person_id))


async def grants(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """The next chunk of each grant under way, or its settlement."""
    return await _next(conn, _UNSETTLED, now, beside)


async def latecomers(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """Whoever of a settled grant has registered since. All who ever waited and never registered
    are looked up each time, for years: so it is done seldom."""
    return await _next(conn, _NOT_SO_MANY, now, beside)


async def _next(conn: AsyncConnection, which: str, now: datetime, beside: int) -> Sequence[Task]:
    tasks: list[Task] = []
    for row in await select(conn, _UNDER_WAY.format(which), ()):
        said = GrantStarted.model_validate_json(row["said"])
        people = await select(conn, _TO_CREDIT, (said.filing_id, LOOKED_UP + beside))
        if people:
            by = tuple(name for name in (row["base"], row["client"]) if name)
            tasks += [_credit(said, person["person_id"], by, now) for person in people]
        else:
            tasks += await _settlement(conn, said, now)
    return tasks


async def passed_over(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """Whoever a class passed over for an entry that has left the ledger since is tried again.
    All who were ever passed over are looked up each time: so it is done seldom."""
    return [
        Task(
            ReopenGrantEntry(
                envelope=_envelope(f"reopen {row['filing_id']} {row['same_as']}", now),
                filing_id=row["filing_id"],
                person_id=row["person_id"],
            )
        )
        for row in await select(conn, _TO_TRY_AGAIN, (LOOKED_UP + beside,))
    ]


def _credit(
    said: GrantStarted, person_id: UUID, organisers: tuple[str, ...], now: datetime
) -> Task:
    entry_id = entry_of(said.filing_id, person_id)
    shared = said.model_dump(
        include={"year", "category", "rule", "activity", "began", "ended", "by_unit_id", "pack"}
    )
    command = CreditClass(
        envelope=_envelope(f"credit {entry_id}", now),
        person_id=person_id,
        entry_id=entry_id,
        source_id=said.filing_id,
        hours=said.hours,
        organisers=organisers,
        **shared,
    )
    return Task(command, partial(_refuse, said.filing_id, person_id, now))


def _refuse(filing_id: UUID, person_id: UUID, now: datetime, rule: Rule) -> RefuseGrantEntry:
    """Whom the grant can't credit is shown to base and province."""
    return RefuseGrantEntry(
        envelope=_envelope(f"refuse {entry_of(filing_id, person_id)} {rule.other}", now),
        filing_id=filing_id,
        person_id=person_id,
        rule=rule.code,
        same_as=rule.other,
    )


async def _settlement(conn: AsyncConnection, said: GrantStarted, now: datetime) -> Sequence[Task]:
    """The three counts, when they have changed."""
    (found,) = await select(conn, _COUNTS, {"filing": said.filing_id})
    (before,) = await select(
        conn,
        "SELECT settled, credited, waiting, version FROM grants WHERE filing_id = %s",
        (said.filing_id,),
    )
    if before == {"settled": True, "version": before["version"], **found}:
        return ()
    key = f"settle {said.filing_id} {before['version']} {found['credited']} {found['waiting']}"
    envelope = _envelope(key, now)
    return (Task(SettleGrant(envelope=envelope, filing_id=said.filing_id, **found)),)


async def withdrawals(conn: AsyncConnection, now: datetime, beside: int) -> Sequence[Task]:
    """Entries of classes whose recognition was withdrawn leave the ledger."""
    return [
        Task(
            RevokeEntry(
                envelope=_envelope(f"withdraw {row['entry_id']}", now),
                cause=RevokedFor.WITHDRAWN,
                **row,
            )
        )
        for row in await select(conn, _TO_REVOKE, (LOOKED_UP + beside,))
    ]


def _envelope(key: str, now: datetime) -> Envelope:
    return Envelope(at=now, actor=HOURS, key=key, correlation=uuid7())


SELDOM = 2.0  # seconds
DUE = (grants, Seldom(latecomers, SELDOM), withdrawals, Seldom(passed_over, SELDOM))
