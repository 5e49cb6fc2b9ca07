"""Connections to a service's own database, and what tells a broken one from a bad statement."""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

# `views` is swapped whole by a rebuild; `private` and `public` stay. A statement's plan is kept
# while its tables grow: one of the first minute would read them whole in the first hour.
_OPTIONS = (
    "-c search_path=views,private,public -c idle_in_transaction_session_timeout=500ms "
    "-c enable_seqscan=off"
)
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


def is_infrastructure(error: Exception, conn: AsyncConnection | None = None) -> bool:
    """Whether trying the same again on a good connection may succeed."""
    if conn is not None and (conn.broken or conn.closed):
        return True
    if not isinstance(error, psycopg.Error):
        return isinstance(error, (OSError, TimeoutError))
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    # 08 connection, 40 serialization or deadlock, 53 resources, 57 operator, 58 system;
    # 25P03, 25P04: a transaction that stood still or took too long has lost its connection
    return state[:2] in {"08", "40", "53", "57", "58"} or state in {"25P03", "25P04"}


class Held:
    """One connection, made when it is needed and held until it breaks."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._conn: AsyncConnection | None = None

    async def get(self) -> AsyncConnection:
        """The connection. psycopg.OperationalError when there is none to be had."""
        if self._conn is None:
            self._conn = await connect(self._conninfo)
        return self._conn

    def failed(self, error: Exception) -> bool:
        """Whether this error is the connection's or the server's, not the statement's."""
        return is_infrastructure(error, self._conn)

    async def rollback(self) -> None:
        """Whatever was begun is undone; if need be by letting the connection go."""
        if self._conn is not None:
            try:
                await self._conn.rollback()
            except psycopg.Error:
                await self.close()

    async def close(self) -> None:
        """Let the connection go; the next time a new one is made."""
        conn, self._conn = self._conn, None
        if conn is not None:
            with suppress(psycopg.Error, OSError):
                await conn.close()
