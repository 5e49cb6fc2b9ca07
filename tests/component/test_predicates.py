"""A list equals the filter of everything by the rule: the same predicate in Python and in SQL."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import Connection

from libs.decider.predicate import AllOf, AnyOf, Everything, Is, Nothing, Predicate
from libs.events.envelope import Actor, Role
from libs.events.scope import people_of

COLUMNS = ("person_id", "unit_id", "department_id", "parent_id", "bureau_id")
Record = dict[str, Any]

few_ids = st.sampled_from([UUID(int=n) for n in range(1, 5)])
maybe = st.none() | few_ids
records = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, maybe)), max_size=12)
leaves = st.just(Everything()) | st.just(Nothing()) | st.builds(Is, st.sampled_from(COLUMNS), maybe)
predicates = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3).flatmap(
        lambda parts: st.sampled_from([AllOf(tuple(parts)), AnyOf(tuple(parts))])
    ),
    max_leaves=8,
)
actors = st.builds(Actor, few_ids, st.sampled_from(Role), maybe, maybe)


@pytest.fixture(scope="module")
def table(module_database: str) -> Iterator[Connection]:
    """A table of records about people."""
    columns = ", ".join(f"{name} uuid" for name in COLUMNS)
    with psycopg.connect(module_database, autocommit=True) as conn:
        conn.execute(f"CREATE TABLE records (n int PRIMARY KEY, {columns})".encode())
        yield conn


def listed(conn: Connection, rows: Sequence[Record], predicate: Predicate) -> list[int]:
    """Which of these rows the database lists."""
    conn.execute("TRUNCATE records")
    with conn.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO records VALUES (%s, {', '.join('%s' for _ in COLUMNS)})".encode(),
            [(n, *(row[name] for name in COLUMNS)) for n, row in enumerate(rows)],
        )
    condition, values = predicate.sql()
    found = conn.execute(f"SELECT n FROM records WHERE {condition} ORDER BY n".encode(), values)
    return [row[0] for row in found]


def allowed(rows: Sequence[Record], predicate: Predicate) -> list[int]:
    """Which of these rows the rule allows."""
    return [n for n, row in enumerate(rows) if predicate.allows(row)]


@given(rows=records, predicate=predicates)
def test_allows_and_sql_never_differ(
    table: Connection, rows: list[Record], predicate: Predicate
) -> None:
    assert listed(table, rows, predicate) == allowed(rows, predicate)


@given(rows=records, predicate=predicates, other=predicates)
def test_also_inside_a_query_with_conditions_of_its_own(
    table: Connection, rows: list[Record], predicate: Predicate, other: Predicate
) -> None:
    both = AllOf((other, predicate))
    assert set(allowed(rows, both)) == set(listed(table, rows, predicate)) & set(
        listed(table, rows, other)
    )


@given(rows=records, actor=actors)
def test_who_sees_whose_records(table: Connection, rows: list[Record], actor: Actor) -> None:
    predicate = people_of(actor)
    seen = listed(table, rows, predicate)
    assert seen == allowed(rows, predicate)
    for n in seen:
        row = rows[n]
        match actor.role:
            case Role.LEARNER:
                assert row["person_id"] == actor.id
            case Role.UNIT_ADMIN | Role.UNIT_ACCOUNT:
                assert row["unit_id"] == actor.unit_id is not None
            case Role.DEPARTMENT_ADMIN:
                assert row["unit_id"] == actor.unit_id is not None
                assert row["department_id"] == actor.department_id is not None
            case Role.CITY_BUREAU | Role.COUNTY_BUREAU:
                assert row["bureau_id"] == actor.unit_id is not None
            case role:
                assert role is Role.PROVINCE_BUREAU


def test_the_province_sees_everything_and_the_three_administrators_nobody() -> None:
    anybody: Record = dict.fromkeys(COLUMNS, UUID(int=1))
    one = UUID(int=1)
    assert people_of(Actor(one, Role.PROVINCE_BUREAU, one)).allows(anybody)
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SERVICE):
        assert not people_of(Actor(one, role, one, one)).allows(anybody)


def test_no_value_means_nothing_and_not_whatever_has_none() -> None:
    nowhere: Record = dict.fromkeys(COLUMNS)
    assert not Is("unit_id", None).allows(nowhere)
    assert not people_of(Actor(UUID(int=1), Role.UNIT_ADMIN, None)).allows(nowhere)


@pytest.mark.parametrize("value", ["'; DROP TABLE records; --", "%s", "1) OR (1=1"])
def test_a_value_is_never_part_of_the_statement(value: str) -> None:
    condition, values = AllOf((Is("unit_id", value),)).sql()
    assert value not in condition.replace("= %s", "")
    assert values == [value]
