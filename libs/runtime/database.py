"""Connections to a service's own database, and what tells a broken one from a bad statement."""

from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

# `views` is swapped whole by a rebuild; `private` and `public` stay.
_OPTIONS = "-c search_path=views,private,public -c idle_in_transaction_session_timeout=500ms"
_SESSION: dict[str, Any] = {
    "options": _OPTIONS,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "connect_timeout": 5,
}


async def connect(conninfo: str) -> AsyncConnection:
    """A connection that commits each statement unless BEGIN says otherwise."""
    return await AsyncConnection.connect(conninfo, autocommit=True, **_SESSION)


def reading_pool(conninfo: str, most: int = 8) -> AsyncConnectionPool[AsyncConnection]:
    """Connections for queries; never for writing."""
    return AsyncConnectionPool(
        conninfo,
        min_size=1,
        max_size=most,
        open=False,
        check=AsyncConnectionPool.check_connection,
        kwargs={
            "autocommit": True,
            **_SESSION,
            "options": f"{_OPTIONS} -c default_transaction_read_only=on",
        },
    )


def is_infrastructure(error: Exception, conn: AsyncConnection | None) -> bool:
    """Whether trying the same again on a good connection may succeed."""
    if conn is not None and (conn.broken or conn.closed):
        return True
    if not isinstance(error, psycopg.Error):
        return isinstance(error, (OSError, TimeoutError))
    state = error.sqlstate
    # 08 connection, 40 serialization or deadlock, 53 resources, 57 operator, 58 system
    return (state is None and isinstance(error, psycopg.OperationalError)) or (
        state is not None and state[:2] in {"08", "40", "53", "57", "58"}
    )
