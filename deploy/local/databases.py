"""A service's database on a server: its owner migrates, its application role works."""

from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

APP_ROLE = "jixu_app"


class Database(NamedTuple):
    """Conninfo of one database, as its owner and as the application."""

    owner: str
    app: str


def make(superuser: str, name: str, password: str) -> Database:
    """The database, made unless it is there. One application role serves a local server."""
    with psycopg.connect(superuser, autocommit=True) as conn:
        conn.execute("SELECT pg_advisory_lock(0)")
        role, database = sql.Identifier(APP_ROLE), sql.Identifier(name)
        if not _exists(conn, "SELECT FROM pg_roles WHERE rolname = %s", APP_ROLE):
            conn.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        literal = sql.Literal(password)
        conn.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, literal))
        if not _exists(conn, "SELECT FROM pg_database WHERE datname = %s", name):
            conn.execute(sql.SQL("CREATE DATABASE {}").format(database))
    owner = make_conninfo(superuser, dbname=name)
    return Database(owner, make_conninfo(owner, user=APP_ROLE, password=password))


def drop(superuser: str, name: str) -> None:
    """The database goes, whoever is connected."""
    with psycopg.connect(superuser, autocommit=True) as conn:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        conn.execute(query.format(sql.Identifier(name)))


def _exists(conn: psycopg.Connection, query: str, name: str) -> bool:
    return conn.execute(query.encode(), (name,)).fetchone() is not None
