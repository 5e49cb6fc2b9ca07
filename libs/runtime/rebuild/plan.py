"""The next version's schema, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from libs.runtime.service import Service
from libs.runtime.tables import Statement, Table

Connection = psycopg.Connection[tuple[Any, ...]]
"""A plain connection: a rebuild is an operator's command, with nothing else to do."""

SCHEMA = "views_next"
PASSES = ("log", "kept", "judged")

_BEGIN = f"""
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}._heads (
    events bigint, kept bigint, basis text NOT NULL DEFAULT '',
    unequal boolean NOT NULL DEFAULT false
);
CREATE TABLE {SCHEMA}._progress (
    pass text, part int, upto text NOT NULL, events bigint NOT NULL, PRIMARY KEY (pass, part)
)"""


@dataclass(frozen=True, slots=True)
class Heads:
    """Up to which position each table has been folded."""

    events: int
    kept: int


def exists(conn: Connection) -> bool:
    """Whether a rebuild is under way, or waits."""
    row = conn.execute("SELECT to_regclass(%s)", (f"{SCHEMA}._heads",)).fetchone()
    return bool(row and row[0])


def begin(conn: Connection, service: Service) -> Heads:
    """Empty tables, and the heads up to which they will be filled."""
    with conn.transaction():
        for line in _BEGIN.split(";\n"):
            conn.execute(line.encode())
        conn.execute(f"SET LOCAL search_path = {SCHEMA}".encode())
        for table in service.views:
            conn.execute(table.ddl.encode())
        for table in judged(service):
            conn.execute(f"CREATE TABLE {said(table)} (LIKE {table.name} INCLUDING ALL)".encode())
        heads = now(conn)
        conn.execute(
            f"INSERT INTO {SCHEMA}._heads VALUES (%s, %s)".encode(), (heads.events, heads.kept)
        )
    return heads


def judged(service: Service) -> Sequence[Table]:
    """The tables whose rows are judged anew."""
    return service.refold.tables if service.refold is not None else ()


def said(table: Table) -> str:
    """Where a judged table's rows stand as the log has them, for what can't be judged."""
    return f"_said_{table.name}"


def fall_back(conn: Connection, service: Service) -> None:
    """What could not be judged anew stands as it was judged then."""
    for table in judged(service):
        columns = ", ".join(table.columns)
        conn.execute(
            f"INSERT INTO {SCHEMA}.{table.name} ({columns}) SELECT {columns} "
            f"FROM {SCHEMA}.{said(table)} ON CONFLICT DO NOTHING".encode()
        )


def now(conn: Connection) -> Heads:
    """Where the log and the kept events end at this moment."""
    row = conn.execute(
        "SELECT (SELECT coalesce(max(position), 0) FROM public.events),"
        " (SELECT coalesce(max(position), 0) FROM public.kept)"
    ).fetchone()
    return Heads(*row) if row else Heads(0, 0)


def heads(conn: Connection) -> Heads:
    """The heads that this version has reached or is on the way to."""
    row = conn.execute(f"SELECT events, kept FROM {SCHEMA}._heads".encode()).fetchone()
    return Heads(*row) if row else Heads(0, 0)


def reached(new: Heads) -> Statement:
    """This version knows everything up to here."""
    return Statement(f"UPDATE {SCHEMA}._heads SET events = %s, kept = %s", (new.events, new.kept))


def waits(conn: Connection) -> bool:
    """Whether this version was found unequal and waits for a second person."""
    row = conn.execute(f"SELECT unequal FROM {SCHEMA}._heads".encode()).fetchone()
    return bool(row and row[0])


def wait(conn: Connection) -> None:
    """It is unequal: a person decides."""
    conn.execute(f"UPDATE {SCHEMA}._heads SET unequal = true".encode())


def same_basis(conn: Connection, basis: str) -> bool:
    """Whether everything was judged by the same laws; the first to ask says which."""
    conn.execute(f"UPDATE {SCHEMA}._heads SET basis = %s WHERE basis = ''".encode(), (basis,))
    row = conn.execute(f"SELECT basis = %s FROM {SCHEMA}._heads".encode(), (basis,)).fetchone()
    return bool(row and row[0])


def upto(conn: Connection, pass_: str, part: int) -> tuple[str, int]:
    """The last subject or stream that was done, and how many events it took."""
    row = conn.execute(
        f"SELECT upto, events FROM {SCHEMA}._progress WHERE pass = %s AND part = %s".encode(),
        (pass_, part),
    ).fetchone()
    return (row[0], row[1]) if row else ("", 0)


def done(pass_: str, part: int, last: str, events: int) -> Statement:
    """Everything up to this subject or stream is in the tables."""
    return Statement(
        f"INSERT INTO {SCHEMA}._progress VALUES (%s, %s, %s, %s) ON CONFLICT (pass, part) "
        "DO UPDATE SET upto = excluded.upto, events = excluded.events",
        (pass_, part, last, events),
    )


def events_done(conn: Connection) -> int:
    """How many events have been folded so far."""
    row = conn.execute(f"SELECT coalesce(sum(events), 0) FROM {SCHEMA}._progress".encode())
    found = row.fetchone()
    return int(found[0]) if found else 0


def bounds(part: int, parts: int) -> tuple[str, str]:
    """The ids of a part, as text: from, and up to but not with. Ids are evenly spread."""
    step = 256 // parts
    low = f"{part * step:02x}" if part else ""
    high = f"{(part + 1) * step:02x}" if part + 1 < parts else "g"
    return low, high
