"""Reading views: rows by the names of their columns."""

import re
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


def containing(text: str) -> str:
    """What LIKE is told to find this text anywhere.

    Of LIKE the planner knows that few rows hold it, of a function nothing: for a name that nobody
    has, it would read a list of the whole province in its order.
    """
    plain = re.sub(r"([\\%_])", r"\\\1", text)
    return f"%{plain}%"
