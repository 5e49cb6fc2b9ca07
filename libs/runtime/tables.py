"""Rows that follow from events: declared once, written in groups, rebuilt from nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, NamedTuple
from zlib import crc32

Values = tuple[Any, ...]


Rows = list[tuple[Any, ...]]
"""What a statement found."""


class Statement(NamedTuple):
    """SQL and its parameters."""

    sql: str
    params: Sequence[Any] = ()


@dataclass(frozen=True)
class Table:
    """A table whose rows are a function of events: name, key, columns by SQL type, indexes.

    Rows of a private table go with the person whose id stands in the column `owner`.
    What is `unique` can't be broken by two commands of one batch either: the batch is halved, and
    the second fails alone with psycopg.errors.UniqueViolation.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    indexes: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    owner: str | None = None

    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def ddl(self) -> str:
        """CREATE TABLE and its indexes, in whatever schema comes first on the path."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        made = f"CREATE TABLE {self.name} ({columns}, PRIMARY KEY ({', '.join(self.key)}))"
        return ";\n".join([made, *self.index_ddl.values()])

    @cached_property
    def index_ddl(self) -> Mapping[str, str]:
        """CREATE INDEX of each of its indexes, by name."""
        return indexes(self.name, self.indexes) | indexes(self.name, self.unique, "UNIQUE ")

    @cached_property
    def _arrays(self) -> str:
        # %b: psycopg escapes text arrays in Python, 60 µs for a body of JSON; in binary 0.8 µs
        bare = (kind.removesuffix(" NOT NULL") for kind in self.columns.values())
        return ", ".join(f"%b::{kind}[]" for kind in bare)

    @cached_property
    def _upsert(self) -> str:
        rest = [name for name in self.columns if name not in self.key]
        change = (
            "UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in rest)
            if rest
            else "NOTHING"
        )
        return (
            f"INSERT INTO {self.name} ({', '.join(self.columns)}) "
            f"SELECT * FROM unnest({self._arrays}) "
            f"ON CONFLICT ({', '.join(self.key)}) DO {change}"
        )

    @cached_property
    def _delete(self) -> str:
        arrays = ", ".join(
            f"%b::{self.columns[name].removesuffix(' NOT NULL')}[]" for name in self.key
        )
        return (
            f"DELETE FROM {self.name} WHERE ({', '.join(self.key)}) "
            f"IN (SELECT * FROM unnest({arrays}))"
        )

    def row(self, **values: Any) -> "Row":
        """A row of this table; a column that is not named is null. TypeError: no such column."""
        if unknown := values.keys() - self.columns.keys():
            raise TypeError(f"{self.name} has no {', '.join(sorted(unknown))}")
        return Row(self, tuple(values.get(name) for name in self.columns))

    def change(self, **values: Any) -> "Row":
        """These columns of a row, key among them; the others stay as they are, or are null.

        For a private table that several commands know something of. KeyError: no such column.
        """
        names = tuple(sorted(values))
        return Row(_part(self, names), tuple(values[name] for name in names))

    def gone(self, *key: Any) -> "Gone":
        """The row of this key stands no more."""
        return Gone(self, key)

    def key_of(self, values: Values) -> Values:
        """The key within a row's values, in the key's own order."""
        return tuple(values[n] for n in self._key_places)

    @cached_property
    def _key_places(self) -> tuple[int, ...]:
        names = list(self.columns)
        return tuple(names.index(name) for name in self.key)


class Row(NamedTuple):
    """What a row says from now on."""

    table: Table
    values: Values


class Gone(NamedTuple):
    """A row that goes."""

    table: Table
    key: Values


def indexes(table: str, wanted: Iterable[str], kind: str = "") -> dict[str, str]:
    """CREATE INDEX of each, by a name that another definition would not have."""
    names = {f"{table}_{crc32((kind + on).encode()):08x}": on for on in wanted}
    return {name: f"CREATE {kind}INDEX {name} ON {table} {on}" for name, on in names.items()}


def statements(changes: Iterable[Row | Gone]) -> list[Statement]:
    """One statement a table and kind of change, the last word on each row winning."""
    latest: dict[tuple[str, Values], Row] = {}
    gone: defaultdict[Table, dict[Values, None]] = defaultdict(dict)
    for change in changes:
        if isinstance(change, Gone):
            latest.pop((change.table.name, change.key), None)
            gone[change.table][change.key] = None
        else:
            which = change.table.name, change.table.key_of(change.values)
            before = latest.get(which)
            latest[which] = _together(before, change) if before else change
    rows: defaultdict[tuple[Table, Values], list[Values]] = defaultdict(list)
    for table, values in latest.values():
        rows[table, tuple(table.columns)].append(values)
    return [
        *(Statement(table._delete, _columns(list(keys))) for table, keys in gone.items()),
        *(Statement(table._upsert, _columns(values)) for (table, _), values in rows.items()),
    ]


def _together(before: Row, change: Row) -> Row:
    """What is said of a row now, with what was said before of its other columns."""
    if before.table.columns.keys() <= change.table.columns.keys():
        return change
    values = dict(zip(before.table.columns, before.values, strict=True))
    values |= zip(change.table.columns, change.values, strict=True)
    table = _both(before.table, change.table)
    return Row(table, tuple(values[name] for name in table.columns))


@cache
def _part(table: Table, names: tuple[str, ...]) -> Table:
    return replace(table, columns={name: table.columns[name] for name in names}, indexes=())


@cache
def _both(one: Table, other: Table) -> Table:
    """Of the columns of both, in one order whichever came first."""
    columns = {**one.columns, **other.columns}
    return replace(one, columns={name: columns[name] for name in sorted(columns)})


def _columns(rows: Sequence[Values]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
