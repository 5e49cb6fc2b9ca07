"""From two versions to one: compare, drain the last of the tail under the write lock, rename."""

import psycopg
from psycopg import sql

from libs.runtime.rebuild import comparing, plan, tail
from libs.runtime.rebuild.comparing import Compared
from libs.runtime.rebuild.plan import SCHEMA, Connection
from libs.runtime.service import Service

FEW = 200  # changes that are quickly made while others wait
ROUNDS = 50
_SNAPSHOT = b"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_LOCK = b"SELECT pg_advisory_xact_lock(1)"
_SWAP = (
    f"DROP TABLE {SCHEMA}._heads, {SCHEMA}._progress",
    "ALTER SCHEMA views RENAME TO views_old",
    f"ALTER SCHEMA {SCHEMA} RENAME TO views",
)


class Unequal(Exception):
    """The two versions are not the same."""


def compared(conn: Connection, service: Service) -> list[Compared]:
    """Both versions at one instant, the next one brought up to it."""
    with conn.transaction():
        conn.execute(_SNAPSHOT)
        tail.drain(conn, service)
        return list(comparing.compare(conn, service))


def swap(conn: Connection, service: Service, app_role: str, *, must_be_equal: bool) -> None:
    """The next version is the live one from now on. Unequal: nothing was changed."""
    _drop_old(conn)  # of a swap that died before it could
    for _ in range(ROUNDS):
        with conn.transaction():
            conn.execute(_SNAPSHOT)
            changes = tail.drain(conn, service)
            _check(conn, changes, must_be_equal=must_be_equal)
        if len(changes) <= FEW:
            break
    with conn.transaction():
        conn.execute(_LOCK)
        changes = tail.drain(conn, service)
        _check(conn, changes, must_be_equal=must_be_equal)
        for line in (
            *(f"DROP TABLE {SCHEMA}.{plan.said(t)}" for t in plan.judged(service)),
            *_SWAP,
        ):
            conn.execute(line.encode())
        _grant(conn, app_role)
    _drop_old(conn)


def _check(conn: Connection, changes: tail.Changes, *, must_be_equal: bool) -> None:
    if must_be_equal and not comparing.same(conn, changes):
        raise Unequal("the tail came out otherwise")


def _grant(conn: Connection, app_role: str) -> None:
    role = sql.Identifier(app_role)
    for line in (
        "GRANT USAGE ON SCHEMA views TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA views TO {}",
    ):
        conn.execute(sql.SQL(line).format(role))


def _drop_old(conn: Connection) -> None:
    """Readers of the old version finish first; a drop that waits too long is tried again later."""
    for _ in range(ROUNDS):
        try:
            with conn.transaction():
                conn.execute("SET LOCAL lock_timeout = '200ms'")
                conn.execute("DROP SCHEMA IF EXISTS views_old CASCADE")
        except psycopg.errors.LockNotAvailable:
            continue
        return
