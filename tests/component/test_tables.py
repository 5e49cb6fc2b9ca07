"""Rows that are declared once: whatever changes come, the table is what was said last."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import Connection

from libs.runtime.tables import Gone, Row, Table, statements

PEOPLE = Table(
    "people",
    key=("number", "unit_id"),  # in an order of its own
    columns={
        "unit_id": "uuid",
        "note": "text",
        "number": "int",
        "confirmed": "boolean NOT NULL",
    },
    indexes=("(number)",),
)
TOLD = Table("told", key=("number",), columns={"number": "int", "name": "text", "unit_id": "uuid"})
SEEN = Table("seen", key=("number",), columns={"number": "int"})

units, numbers = st.sampled_from([UUID(int=n) for n in range(3)]), st.integers(0, 3)
notes = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
changes = st.lists(
    st.builds(
        lambda unit, number, note, confirmed: PEOPLE.row(
            unit_id=unit, number=number, note=note, confirmed=confirmed
        ),
        units,
        numbers,
        notes,
        st.booleans(),
    )
    | st.builds(PEOPLE.gone, numbers, units)
    | st.builds(lambda number: SEEN.row(number=number), numbers)
    | st.builds(SEEN.gone, numbers)
    | st.builds(lambda number, note: TOLD.change(number=number, name=note), numbers, notes)
    | st.builds(lambda number, unit: TOLD.change(number=number, unit_id=unit), numbers, units)
    | st.builds(TOLD.row, number=numbers, name=notes, unit_id=units)
    | st.builds(TOLD.gone, numbers),
    max_size=25,
)


@pytest.fixture(scope="module")
def conn(module_database: str) -> Iterator[Connection]:
    """A database with both tables."""
    with psycopg.connect(module_database, autocommit=True) as found:
        for table in (PEOPLE, TOLD, SEEN):
            found.execute(table.ddl.encode())
        yield found


def held(conn: Connection, table: Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The table's rows by key."""
    rows = conn.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}".encode())
    return {table.key_of(row): row for row in rows}


@given(several=st.lists(changes, max_size=4))
def test_the_last_word_on_each_row_wins(conn: Connection, several: list[list[Row | Gone]]) -> None:
    conn.execute("TRUNCATE people, seen, told")
    wanted: dict[str, dict[Any, Any]] = {"people": {}, "seen": {}, "told": {}}
    for batch in several:
        for change in batch:
            if isinstance(change, Gone):
                wanted[change.table.name].pop(change.key, None)
            else:
                rows, key = wanted[change.table.name], change.table.key_of(change.values)
                said = zip(change.table.columns, change.values, strict=True)
                rows[key] = rows.get(key, {}) | dict(said)
        for statement in statements(batch):
            conn.execute(statement.sql.encode(), statement.params)
    for table in (PEOPLE, SEEN, TOLD):
        nothing = dict.fromkeys(table.columns)
        assert held(conn, table) == {
            key: tuple((nothing | row).values()) for key, row in wanted[table.name].items()
        }


def test_a_table_and_a_kind_of_change_are_one_statement() -> None:
    many = [SEEN.row(number=n) for n in range(50)] + [PEOPLE.gone(n, UUID(int=1)) for n in range(9)]
    assert len(statements(many)) == 2
    assert statements([]) == []


def test_an_unnamed_column_is_null() -> None:
    assert PEOPLE.row(unit_id=UUID(int=1), number=2, confirmed=True).values == (
        *(UUID(int=1), None, 2, True),
    )


def test_a_column_that_is_not_there_is_a_defect() -> None:
    """Misspelled, it would be null for ever."""
    with pytest.raises(TypeError, match="people has no confirmd"):
        PEOPLE.row(unit_id=UUID(int=1), number=2, confirmd=True)
