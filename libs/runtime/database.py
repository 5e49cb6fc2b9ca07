"""Connections to a service's own database, and what tells a broken one from a bad statement."""

import select
import time
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

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
_RESTS = 5.0  # seconds


async def connect(conninfo: str) -> AsyncConnection:
    """A connection that commits each statement unless BEGIN says otherwise."""
    return await AsyncConnection.connect(conninfo, autocommit=True, **_SESSION)


class _Rested:
    """Which connections of a pool are asked whether they live before they are lent again.

    Not each before each query. A server that ends says so or hangs up, so there is something to
    read from it; a machine that is gone says nothing, so who has rested for long is asked as well.
    """

    def __init__(self) -> None:
        self._since: WeakKeyDictionary[AsyncConnection, float] = WeakKeyDictionary()

    async def came_back(self, conn: AsyncConnection) -> None:
        """It rests from now on."""
        self._since[conn] = time.monotonic()

    async def check(self, conn: AsyncConnection) -> None:
        """psycopg.OperationalError when it is broken."""
        rested = time.monotonic() - self._since.get(conn, float("-inf"))
        if rested > _RESTS or _has_something_to_say(conn):
            await AsyncConnectionPool.check_connection(conn)


def _has_something_to_say(conn: AsyncConnection) -> bool:
    socket = select.poll()
    socket.register(conn.fileno(), select.POLLIN)
    return bool(socket.poll(0))


def reading_pool(conninfo: str, most: int = 8) -> AsyncConnectionPool[AsyncConnection]:
    """Connections for queries; never for writing."""
    rested = _Rested()
    return AsyncConnectionPool(
        conninfo,
        min_size=1,
        max_size=most,
        open=False,
        check=rested.check,
        reset=rested.came_back,
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
