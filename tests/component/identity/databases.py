"""A database as another one is now: PostgreSQL copies it faster than people can be entered."""

import uuid
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from libs.runtime.settings import Settings


def copy(superuser: str, original: Settings) -> dict[str, Any]:
    """Where the copy is, for its settings. Nobody may be connected to the original."""
    name = f"test_identity_{uuid.uuid4().hex[:10]}"
    source = str(conninfo_to_dict(original.database)["dbname"])
    with psycopg.connect(superuser, autocommit=True) as conn:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        conn.execute(query.format(sql.Identifier(name), sql.Identifier(source)))
    return {
        "database": make_conninfo(original.database, dbname=name),
        "database_owner": make_conninfo(original.database_owner, dbname=name),
    }
