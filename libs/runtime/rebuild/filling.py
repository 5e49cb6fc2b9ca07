"""Filling the next version: each part of each pass in a process of its own, resumable."""

import multiprocessing
import os
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import psycopg

from libs.runtime.rebuild import folding, plan
from libs.runtime.rebuild.folding import Pass
from libs.runtime.rebuild.plan import SCHEMA, Connection, Heads
from libs.runtime.service import Service
from libs.runtime.tables import Row, Statement, Table, Values, statements

A_CHUNK = 20_000  # events between two commits
Tell = Callable[[int], None]


class Interrupted(Exception):
    """A part did not come to its end; what it committed stays, and the rest can be resumed."""


def fill(service: Service, owner: str, parts: int, tell: Tell) -> None:
    """Everything up to the heads, pass after pass. Interrupted."""
    for name in plan.PASSES:
        if name == "judged" and service.refold is None:
            continue
        if parts == 1:
            _part(service, owner, name, 0, 1, tell)
            continue
        fork = multiprocessing.get_context("fork")
        working = [
            fork.Process(
                target=_in_child, args=(service, owner, name, part, parts, os.getpid()), daemon=True
            )
            for part in range(parts)
        ]
        for one in working:
            one.start()
        _watch(working, owner, tell)
        if any(one.exitcode for one in working):
            raise Interrupted(f"{name}: {[one.exitcode for one in working]}")
    with psycopg.connect(owner, autocommit=True) as conn:
        plan.fall_back(conn, service)


def _watch(working: list[Any], owner: str, tell: Tell) -> None:
    with psycopg.connect(owner, autocommit=True) as conn:
        while any(one.is_alive() for one in working):
            for one in working:
                one.join(0.25)
            tell(plan.events_done(conn))


def _in_child(service: Service, owner: str, name: str, part: int, parts: int, parent: int) -> None:
    """One part, and out: a child forked from a thread can't leave in the ordinary way."""
    code = 1
    try:
        _part(service, owner, name, part, parts, None, parent)
        code = 0
    except BaseException:  # whatever it was: the parent reads the exit code alone
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _part(
    service: Service,
    owner: str,
    name: str,
    part: int,
    parts: int,
    tell: Tell | None,
    parent: int = 0,
) -> None:
    with (
        psycopg.connect(owner, autocommit=True) as reading,
        psycopg.connect(owner, autocommit=True) as writing,
    ):
        reading.execute("SET enable_sort = off")  # in the order of an index: flat and linear
        reading.execute("SET jit = off")
        writing.execute("SET synchronous_commit = off")
        one = pass_of(service, name, plan.heads(reading), reading)
        last, events = plan.upto(reading, name, part)
        for condition in _conditions(service, one, part, parts, last):
            for chunk in _chunks(reading, service, one, condition):
                if parts > 1 and os.getppid() != parent:
                    raise Interrupted("whoever began it is gone")
                events += chunk.events
                aside = plan.judged(service) if name == "log" else ()
                chunk.write(writing, aside, plan.done(name, part, chunk.last, events))
                if tell is not None:
                    tell(plan.events_done(writing))


def pass_of(service: Service, name: str, heads: Heads, conn: Connection) -> Pass:
    """The pass of this name, ready to be read."""
    if name == "log":
        return folding.log_pass(service, heads)
    if name == "kept":
        return folding.kept_pass(service, heads)
    if service.refold is None:
        raise TypeError(f"{service.name} judges nothing anew")
    basis = conn.execute(service.refold.basis.format(next=SCHEMA).encode()).fetchall()
    if not plan.same_basis(conn, service.refold.prepare(basis)):
        raise Interrupted("what it is judged by has changed meanwhile: abandon it and begin again")
    return folding.judged_pass(service.refold, heads)


def _conditions(service: Service, one: Pass, part: int, parts: int, last: str) -> Iterator[str]:
    """The ranges of a part, in order, without what was done before."""
    low, high = plan.bounds(part, parts)
    if one.key != "stream":
        yield _range(one.key, _uuid(low), None if high == "g" else _uuid(high), last, "::uuid")
        return
    for kind in sorted(service.streams):
        end = f"{kind}/{high}" if high != "g" else f"{kind}0"  # 0 comes after /
        if last < end:
            yield _range(one.key, f"{kind}/{low}", end, last if last > f"{kind}/" else "", "")


def _uuid(prefix: str) -> str:
    return f"{prefix:0<8}-0000-0000-0000-000000000000"


def _range(key: str, low: str, high: str | None, last: str, cast: str) -> str:
    start = f"{key} > '{last}'{cast}" if last else f"{key} >= '{low}'{cast}"
    return start if high is None else f"{start} AND {key} < '{high}'{cast}"


class _Chunk:
    """Some groups' rows, to be written together."""

    def __init__(self) -> None:
        self.rows: defaultdict[Table, dict[Values, Row]] = defaultdict(dict)
        self.events = 0
        self.last = ""

    def add(self, service: Service, one: Pass, key: str, found: folding.Found) -> None:
        """One group more."""
        for row in folding.last_words(service, one.fold(key, found)):
            self.rows[row.table][row.table.key_of(row.values)] = row
        self.events += len(found)
        self.last = key

    def write(self, conn: Connection, aside: Sequence[Table], done: Statement) -> None:
        """Into the tables, and how far that is, at once."""
        with conn.transaction():
            for table, rows in self.rows.items():
                name = plan.said(table) if table in aside else table.name
                _put(conn, replace(table, name=name), list(rows.values()))
            conn.execute(done.sql.encode(), done.params)


def _chunks(conn: Connection, service: Service, one: Pass, condition: str) -> Iterator[_Chunk]:
    chunk = _Chunk()
    for key, found in folding.read(conn, one, condition):
        chunk.add(service, one, key, found)
        if chunk.events >= A_CHUNK:
            yield chunk
            chunk = _Chunk()
    if chunk.events:
        yield chunk


def _put(conn: Connection, table: Table, rows: list[Row]) -> None:
    """By COPY; where a row is said by several subjects, the last said wins."""
    columns = ", ".join(table.columns)
    try:
        with (
            conn.transaction(),
            conn.cursor() as cursor,
            cursor.copy(f"COPY {SCHEMA}.{table.name} ({columns}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row.values)
    except psycopg.errors.UniqueViolation:
        conn.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
        for statement in statements(row._replace(table=table) for row in rows):
            conn.execute(statement.sql.encode(), statement.params)
