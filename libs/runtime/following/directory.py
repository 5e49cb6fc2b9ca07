"""The directory as a service keeps it: for showing names and matching numbers, never for scope.

A table of the private schema. A row is taken when its stamp is above the one kept for that
person; a tombstone keeps its stamp and nothing else. There is no mark: the topic holds states.
"""

from collections.abc import Sequence

from libs.events.directory import Entry
from libs.runtime.tables import Statement, Table

DIRECTORY = Table(
    "directory",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "name": "text",
        "masked": "text",
        "digest": "text",
        "unit_id": "uuid",
        "department_id": "uuid",
        "log_id": "uuid NOT NULL",
        "stamp": "bigint NOT NULL",
    },
    indexes=("(digest)", "(unit_id)"),
)

_COLUMNS = ", ".join(DIRECTORY.columns)
_CHANGE = ", ".join(
    f"{name} = excluded.{name}" for name in DIRECTORY.columns if name != "person_id"
)


def take(entries: Sequence[Entry]) -> Statement:
    """Keep these, in their order, where they are newer than what is kept.

    Stamps of two logs can't be compared: where identity's log was restored, what comes later wins.
    """
    latest: dict[object, Entry] = {}
    for entry in entries:
        kept = latest.get(entry.person_id)
        if kept is None or kept.log_id != entry.log_id or kept.stamp < entry.stamp:
            latest[entry.person_id] = entry
    found = list(latest.values())
    rows = [entry.row for entry in found]
    return Statement(
        f"INSERT INTO directory ({_COLUMNS}) SELECT * FROM unnest(%s::uuid[], %s::text[], "
        "%s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[]) "
        f"ON CONFLICT (person_id) DO UPDATE SET {_CHANGE} "
        "WHERE directory.log_id <> excluded.log_id OR directory.stamp < excluded.stamp",
        (
            [entry.person_id for entry in found],
            [row and row.name for row in rows],
            [row and row.masked for row in rows],
            [row and row.digest for row in rows],
            [row and row.unit_id for row in rows],
            [row and row.department_id for row in rows],
            [entry.log_id for entry in found],
            [entry.stamp for entry in found],
        ),
    )
