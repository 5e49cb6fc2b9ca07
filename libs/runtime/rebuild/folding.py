"""Three passes over what happened: the own log, the kept events, and what is judged from them.

Each reads in order, one stream or subject after the other, and writes by COPY; every so many
events it commits its rows together with how far it has come.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from libs.events.registry import Malformed, Unknown
from libs.runtime.log import codec
from libs.runtime.log.streams import Known
from libs.runtime.rebuild.plan import SCHEMA, Connection, Heads
from libs.runtime.refold import Refold
from libs.runtime.service import Service, Touch
from libs.runtime.tables import Gone, Row, Table

Found = Sequence[tuple[Any, ...]]
Fold = Callable[[str, Found], Iterable[Row | Gone]]

LOG = "stream, position, type, version, recorded_at, body"
KEPT = "subject, type, version, source_position, id, recorded_at, meta, body"
_TYPES = {
    LOG: ["text", "int8", "text", "int2", "timestamptz", "text"],
    KEPT: ["text", "text", "int2", "int8", "uuid", "timestamptz", "text", "text"],
}


@dataclass(frozen=True, slots=True)
class Pass:
    """Where to read, and what each group of rows means. `{{}}` takes a condition."""

    query: str
    types: Sequence[str]
    fold: Fold
    key: str  # the column whose groups it folds


def log_pass(service: Service, heads: Heads) -> Pass:
    """Streams: the state that each adds up to, and the rows that this means."""
    query = (
        f"SELECT {LOG} FROM public.events "
        f"WHERE position <= {heads.events} AND {{}} ORDER BY stream, position"
    )
    return Pass(query, _TYPES[LOG], partial(_of_stream, service), "stream")


def _of_stream(service: Service, name: str, found: Found) -> Iterable[Row | Gone]:
    stream = service.streams[name.partition("/")[0]]
    known = Known(stream.decider.initial())
    for _, position, kind, version, at, body in found:
        event = service.events.read(kind, version, body)
        known.state = stream.decider.evolve(known.state, event)
        known.touches |= dict.fromkeys(event.touched_ids, Touch(position, at))
    return stream.rows(known.state, known.touches.keys(), known.touches)


def kept_pass(service: Service, heads: Heads) -> Pass:
    """Kept events: the rows that each reaction makes of them."""
    skipped = [c for r in _refolds(service) for c in r.contexts]
    others = "".join(f" AND type NOT LIKE '{context}.%%'" for context in skipped)
    query = (
        f"SELECT subject::text, {KEPT.partition(', ')[2]} FROM public.kept "
        f"WHERE position <= {heads.kept}{others} AND {{}} ORDER BY subject, position"
    )
    return Pass(query, _TYPES[KEPT], partial(_of_subject, service), "subject")


def _of_subject(service: Service, _subject: str, found: Found) -> Iterable[Row | Gone]:
    said = []
    for _, kind, version, position, id_, at, meta, body in found:
        try:
            event = service.foreign.read(kind, version, body)
        except (Unknown, Malformed):
            continue  # kept raw, read after an upgrade
        said.append((kind, codec.recorded(event, position, id_, at, meta)))
    for context, reaction in service.reactions.items():
        mine = [event for kind, event in said if kind.startswith(f"{context}.")]
        if mine:
            yield from reaction.rows(mine)


def judged_pass(refold: Refold, heads: Heads) -> Pass:
    """What the service judges from kept events."""
    types = ", ".join(f"'{kind}'" for kind in refold.types)
    query = (
        f"SELECT k.subject::text, {refold.columns} FROM public.kept k "
        f"{refold.joins.format(next=SCHEMA)} WHERE k.position <= {heads.kept} "
        f"AND k.type IN ({types}) AND {{}} ORDER BY k.subject, k.position"
    )

    def fold(subject: str, found: Found) -> Iterable[Row | Gone]:
        return refold.rows(UUID(subject), found)

    return Pass(query, (), fold, "k.subject")


def read(conn: Connection, one: Pass, condition: str) -> Iterator[tuple[str, Found]]:
    """Each group in order, straight from COPY: memory holds one group."""
    query = f"COPY ({one.query.format(condition)}) TO STDOUT"
    with conn.cursor() as cursor, cursor.copy(query.encode()) as copy:
        if one.types:
            copy.set_types(one.types)
        for key, rows in groupby(copy.rows(), key=itemgetter(0)):
            yield str(key), list(rows)


def last_words(service: Service, changes: Iterable[Row | Gone]) -> Iterator[Row]:
    """The rows of these views that stand in the end."""
    latest: dict[tuple[Table, Any], Row | Gone] = {}
    for change in changes:
        key = change.key if isinstance(change, Gone) else change.table.key_of(change.values)
        latest[change.table, key] = change
    views = set(service.views)
    return (c for c in latest.values() if isinstance(c, Row) and c.table in views)


def _refolds(service: Service) -> Sequence[Refold]:
    return (service.refold,) if service.refold is not None else ()
