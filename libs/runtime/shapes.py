"""Do the tables that stand have the columns that this release declares?"""

from collections.abc import Sequence

from psycopg import AsyncConnection

from libs.runtime.service import Service
from libs.runtime.tables import Table

_DIFFERENCES = """
SELECT relation, name, said.kind, stands.kind
FROM (
    SELECT relation, name, typname || CASE WHEN filled THEN ' NOT NULL' ELSE '' END AS kind
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::bool[]) AS s (relation, name, kind, filled)
    JOIN pg_type ON pg_type.oid = to_regtype(s.kind)
) said
FULL JOIN (
    SELECT table_schema || '.' || table_name AS relation, column_name AS name,
        udt_name || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS kind
    FROM information_schema.columns WHERE table_schema IN ('private', 'views')
) stands USING (relation, name)
WHERE relation = ANY(%s) AND said.kind IS DISTINCT FROM stands.kind ORDER BY 1, 2
"""

_NOT_NULL = " NOT NULL"


def tables(service: Service) -> Sequence[tuple[str, Table]]:
    """Each table of the service with its schema's name."""
    return [
        *(("private", table) for table in service.private_tables),
        *(("views", table) for table in service.views),
    ]


async def differences(conn: AsyncConnection, service: Service) -> list[str]:
    """A sentence for each column that is not as declared; none when the release fits."""
    said = [
        (
            f"{schema}.{table.name}",
            name,
            kind.removesuffix(_NOT_NULL),
            kind.endswith(_NOT_NULL) or name in table.key,
        )
        for schema, table in tables(service)
        for name, kind in table.columns.items()
    ]
    columns = [list(column) for column in zip(*said, strict=True)] or [[], [], [], []]
    cursor = await conn.execute(_DIFFERENCES, [*columns, columns[0]])
    return [
        f"{relation}.{name}: {found or 'missing'} in the database, {wanted or 'none'} declared"
        for relation, name, wanted, found in await cursor.fetchall()
    ]
