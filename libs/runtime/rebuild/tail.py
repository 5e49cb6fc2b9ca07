"""The tail: what has happened since the next version was filled, folded into it."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from libs.runtime.rebuild import plan
from libs.runtime.rebuild.filling import pass_of
from libs.runtime.rebuild.plan import SCHEMA, Connection
from libs.runtime.service import Service
from libs.runtime.tables import Gone, Row, statements

Changes = list[Row | Gone]


def drain(conn: Connection, service: Service) -> Changes:
    """Bring the next version up to what this transaction sees; what that changed."""
    before, after = plan.heads(conn), plan.now(conn)
    conn.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
    reached = plan.reached(after)
    conn.execute(reached.sql.encode(), reached.params)
    streams = _new(conn, "stream", "events", before.events)
    subjects = _new(conn, "subject", "kept", before.kept)
    changes = _folded(conn, service, "log", streams, "stream = ANY(%s)")
    changes += _folded(conn, service, "kept", subjects, "subject = ANY(%s::uuid[])")
    if service.refold is not None:
        changes += _folded(conn, service, "judged", subjects, "k.subject = ANY(%s::uuid[])")
    return changes


def _new(conn: Connection, column: str, table: str, after: int) -> list[str]:
    query = f"SELECT DISTINCT {column}::text FROM public.{table} WHERE position > %s"
    return [row[0] for row in conn.execute(query.encode(), (after,)).fetchall()]


def _folded(
    conn: Connection, service: Service, name: str, keys: Sequence[str], condition: str
) -> Changes:
    """Fold these streams or subjects anew, from their beginning, and write their rows."""
    if not keys:
        return []
    one = pass_of(service, name, plan.heads(conn), conn)
    rows = conn.execute(one.query.format(condition).encode(), (list(keys),)).fetchall()
    changes = [c for k, found in groupby(rows, itemgetter(0)) for c in one.fold(k, list(found))]
    mine = [change for change in changes if change.table in set(service.views)]
    for statement in statements(mine):
        conn.execute(statement.sql.encode(), statement.params)
    return list(_last(mine))


def _last(changes: Changes) -> Changes:
    latest = {
        (c.table, c.key if isinstance(c, Gone) else c.table.key_of(c.values)): c for c in changes
    }
    return list(latest.values())
