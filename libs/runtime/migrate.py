"""The database of a service: its log, its machinery's tables, its views, and who may do what."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
from psycopg import AsyncConnection, sql

from libs.runtime import shapes
from libs.runtime.service import Service
from libs.runtime.tables import Table, indexes

REMEDY = (
    "Give these columns the declared types by ALTER TABLE, then migrate again. What new columns "
    "of views hold, `rebuild` derives from the log; of private tables, your migration must say."
)
_INDEXES = """
SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = to_regclass(%s) AND NOT indisprimary AND relname ~ '_[0-9a-f]+$'"""
MACHINERY = Path(__file__).parent / "log" / "log.sql"
_ARRIVED = b"""
ALTER TABLE ended_sessions ADD COLUMN arrived bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX ended_sessions_arrived ON ended_sessions (arrived)
"""


async def migrate(owner: str, app_role: str, service: Service) -> None:
    """Bring the database up to this release. Safe to repeat, and by several at once.

    Tables that are missing are made, indexes become those that are declared. SystemExit with what
    to do when a table has other columns: what stands in them is not this command's to guess.
    """
    async with await psycopg.AsyncConnection.connect(owner) as conn:
        await conn.execute("SELECT pg_advisory_xact_lock(0)")
        if await _missing(conn, "public.events"):
            await conn.execute(MACHINERY.read_bytes())
        if await _missing(conn, "public.ended_sessions_arrived"):  # of an older release
            await conn.execute(_ARRIVED)
        for schema, tables in (("private", service.private_tables), ("views", service.views)):
            await make(conn, schema, tables)
        if outgrown := await shapes.differences(conn, service):
            raise SystemExit("\n".join([f"{service.name}: nothing was changed", *outgrown, REMEDY]))
        for schema, table in shapes.tables(service):
            await _index(conn, f"{schema}.{table.name}", table.index_ddl)
        for name, line in indexes("events", service.log_indexes).items():
            if await _missing(conn, f"public.{name}"):
                await conn.execute(line.encode())
        await _grant(conn, app_role)


async def make(conn: AsyncConnection, schema: str, tables: Sequence[Table]) -> None:
    """Create what is missing of these tables in this schema."""
    name = sql.Identifier(schema)
    await conn.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
    await conn.execute(sql.SQL("SET LOCAL search_path = {}").format(name))
    for table in tables:
        if await _missing(conn, f"{schema}.{table.name}"):
            await conn.execute(table.ddl.encode())
    await conn.execute("SET LOCAL search_path = public")


async def _index(conn: AsyncConnection, relation: str, wanted: Mapping[str, str]) -> None:
    """Let this table have the indexes that are wanted. One that an operator named stays."""
    schema = sql.Identifier(relation.partition(".")[0])
    await conn.execute(sql.SQL("SET LOCAL search_path = {}").format(schema))
    rows = await conn.execute(_INDEXES, (relation,))
    stands = {str(name) for (name,) in await rows.fetchall()}
    for name in stands - wanted.keys():
        await conn.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    for name in wanted.keys() - stands:
        await conn.execute(wanted[name].encode())
    await conn.execute("SET LOCAL search_path = public")


async def _missing(conn: AsyncConnection, relation: str) -> bool:
    row = await (await conn.execute("SELECT to_regclass(%s) IS NULL", (relation,))).fetchone()
    return bool(row and row[0])


async def _grant(conn: AsyncConnection, app_role: str) -> None:
    """The application appends by function alone; everything else of the machinery it writes."""
    role = sql.Identifier(app_role)
    for line in (
        "GRANT USAGE ON SCHEMA public, private, views TO {}",
        "GRANT SELECT ON events, kept, log TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE"
        " ON answers, marks, heard, aside, ended_sessions TO {}",
        "GRANT SELECT, UPDATE ON relay TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA private TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA views TO {}",
        "REVOKE ALL ON FUNCTION append, keep FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION append, keep TO {}",
    ):
        await conn.execute(sql.SQL(line).format(role))
