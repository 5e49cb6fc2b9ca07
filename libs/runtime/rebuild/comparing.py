"""Are the two versions the same? By a digest a table that knows no order; else, row by row."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from libs.runtime.rebuild.plan import SCHEMA, Connection
from libs.runtime.service import Service
from libs.runtime.tables import Gone, Row, Table


class Digest(NamedTuple):
    """A table as a number: rows, and the sum of their hashes."""

    rows: int
    sum: int

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.sum & (1 << 64) - 1:016x}"


class Compared(NamedTuple):
    """A table of both versions."""

    table: Table
    live: Digest
    next: Digest

    @property
    def equal(self) -> bool:
        """Whether they hold the same rows."""
        return self.live == self.next


def compare(conn: Connection, service: Service) -> Sequence[Compared]:
    """Every table of both versions, as this transaction sees them."""
    return [
        Compared(table, _digest(conn, "views", table), _digest(conn, SCHEMA, table))
        for table in service.views
    ]


def _digest(conn: Connection, schema: str, table: Table) -> Digest:
    columns = ", ".join(table.columns)
    query = (
        "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) "
        f"FROM (SELECT {columns} FROM {schema}.{table.name}) t"
    )
    row = conn.execute(query.encode()).fetchone()
    return Digest(int(row[0]), int(row[1])) if row else Digest(0, 0)


def differing(conn: Connection, table: Table, most: int) -> list[tuple[Any, ...]]:
    """The keys whose rows are not the same in both versions."""
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    live, rebuilt = (f"SELECT {columns} FROM {s}.{table.name}" for s in ("views", SCHEMA))
    query = (
        f"SELECT DISTINCT {key} FROM (({live} EXCEPT {rebuilt}) UNION ALL "
        f"({rebuilt} EXCEPT {live})) d ORDER BY {key} LIMIT %s"
    )
    return conn.execute(query.encode(), (most,)).fetchall()


def same(conn: Connection, changes: Sequence[Row | Gone]) -> bool:
    """Whether the live version says the same of these rows."""
    return all(_live(conn, change) == _meant(change) for change in changes)


def _meant(change: Row | Gone) -> tuple[Any, ...] | None:
    return None if isinstance(change, Gone) else tuple(change.values)


def _live(conn: Connection, change: Row | Gone) -> tuple[Any, ...] | None:
    table = change.table
    key = change.key if isinstance(change, Gone) else table.key_of(change.values)
    where = " AND ".join(f"{name} = %s" for name in table.key)
    query = f"SELECT {', '.join(table.columns)} FROM views.{table.name} WHERE {where}"
    return conn.execute(query.encode(), key).fetchone()
