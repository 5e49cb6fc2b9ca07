"""Reading views: rows by the names of their columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

Found = Mapping[str, Any]
"""A row."""


async def select(
    conn: AsyncConnection, query: str, params: Sequence[Any] | Mapping[str, Any] = ()
) -> list[Found]:
    """The rows that a query finds."""
    cursor = conn.cursor(row_factory=dict_row)
    await cursor.execute(query.encode(), params)
    return list(await cursor.fetchall())
