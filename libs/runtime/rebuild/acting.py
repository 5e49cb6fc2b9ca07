"""The operator's command: `rebuild`, `rebuild approve OPERATOR APPROVER`, `rebuild abandon`."""

import asyncio
import sys
import time
from typing import Any
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict
from uuid_utils.compat import uuid7

from libs.events.command import Command
from libs.events.envelope import Actor, Envelope, Role
from libs.runtime.clock import Clock
from libs.runtime.composition import Composition
from libs.runtime.log.answers import Asked
from libs.runtime.log.writer import Writer
from libs.runtime.rebuild import comparing, filling, plan, swapping
from libs.runtime.rebuild.plan import Connection
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.tables import Row, Table
from libs.runtime.working import working

PARTS = 2
MOST_LISTED = 1000
HELP = "rebuild · rebuild approve OPERATOR APPROVER (the ids of two persons) · rebuild abandon"


async def rebuild(found: Composition, settings: Settings, words: list[str]) -> None:
    """Make the views anew beside the live ones and swap them if they are equal."""
    service, role = found.service, str(conninfo_to_dict(settings.database)["user"])
    match words:
        case [] | ["in", _]:
            parts = int(words[1]) if words else PARTS
            await asyncio.to_thread(_rebuild, service, settings.database_owner, role, parts)
        case ["approve", operator, approver] if operator != approver:
            pair = (UUID(operator), UUID(approver))
            commands = await asyncio.to_thread(
                _approved, service, settings.database_owner, role, pair, Clock(settings.clock)
            )
            await _send(service, settings, commands)
        case ["abandon"]:
            with psycopg.connect(settings.database_owner, autocommit=True) as conn:
                conn.execute(f"DROP SCHEMA IF EXISTS {plan.SCHEMA} CASCADE".encode())
            say(f"{service.name}: the next version is gone, the live one as it was")
        case _:
            raise SystemExit(HELP)


def say(*parts: Any) -> None:
    """A line on standard output, at once."""
    sys.stdout.write(" ".join(map(str, parts)) + "\n")
    sys.stdout.flush()


def _rebuild(service: Service, owner: str, role: str, parts: int) -> None:
    began = time.monotonic()
    with psycopg.connect(owner, autocommit=True) as conn:
        _alone(conn)
        if plan.exists(conn) and plan.waits(conn):
            raise SystemExit(f"{service.name}: it was found unequal; approve or abandon it")
        resumed = plan.events_done(conn) if plan.exists(conn) else 0
        heads = plan.heads(conn) if plan.exists(conn) else plan.begin(conn, service)
        say(
            f"{service.name}: {heads.events:,} events of the own log, {heads.kept:,} kept"
            + (f"; resuming after {resumed:,}" if resumed else "")
        )
        filling.fill(service, owner, parts, _Progress(service.name, began, resumed))
        events = plan.events_done(conn)
        rate = (events - resumed) / (time.monotonic() - began)
        say(f"{service.name}: {events:,} events folded, {rate:,.0f} a second")
        _finish(conn, service, role)
        say(f"{service.name}: done in {time.monotonic() - began:.1f} s")


def _finish(conn: Connection, service: Service, role: str) -> None:
    found = swapping.compared(conn, service)
    for one in found:
        same = "equal" if one.equal else f"live {one.live}"
        say(f"  {one.table.name:16} {one.next}  {same}")
    if all(one.equal for one in found):
        try:
            swapping.swap(conn, service, role, must_be_equal=True)
        except swapping.Unequal as unequal:
            plan.wait(conn)
            raise SystemExit(f"{service.name}: {unequal}; approve or abandon it") from None
        say(f"{service.name}: equal, swapped")
        return
    plan.wait(conn)
    for one in found:
        if not one.equal:
            for key in comparing.differing(conn, one.table, MOST_LISTED):
                say(f"  {one.table.name}: {' '.join(map(str, key))}")
    raise SystemExit(f"{service.name}: not equal, not swapped. {HELP}")


def _approved(
    service: Service, owner: str, role: str, pair: tuple[UUID, UUID], clock: Clock
) -> list[Command]:
    """Swap in spite of the differences; the commands that carry them into the log."""
    with psycopg.connect(owner, autocommit=True) as conn:
        _alone(conn)
        if not plan.exists(conn) or not plan.waits(conn):
            raise SystemExit(f"{service.name}: nothing waits for approval")
        rows = [
            row
            for one in swapping.compared(conn, service)
            if service.refold is not None and one.table in service.refold.tables and not one.equal
            for row in _rows(conn, one.table)
        ]
        swapping.swap(conn, service, role, must_be_equal=False)
    say(f"{service.name}: swapped on approval; {len(rows)} differences go into the log")
    approval = uuid7()
    return [
        service.refold.command(row, _envelope(pair, approval, n, clock))
        for n, row in enumerate(rows)
        if service.refold is not None
    ]


def _rows(conn: Connection, table: Table) -> list[Row]:
    """What the next version says of the keys that differ."""
    keys = comparing.differing(conn, table, 1 << 31)
    where = " AND ".join(f"{name} = %s" for name in table.key)
    query = f"SELECT {', '.join(table.columns)} FROM {plan.SCHEMA}.{table.name} WHERE {where}"
    found = [conn.execute(query.encode(), key).fetchone() for key in keys]
    return [Row(table, values) for values in found if values is not None]


def _envelope(pair: tuple[UUID, UUID], approval: UUID, number: int, clock: Clock) -> Envelope:
    operator, approver = pair
    return Envelope(
        at=clock.now(),
        actor=Actor(approver, Role.SERVICE),
        key=f"rebuild/{approval}/{number}",
        correlation=approval,
        cause=approval,
        on_behalf_of=operator,
    )


async def _send(service: Service, settings: Settings, commands: list[Command]) -> None:
    """As ordinary commands, through the batch."""
    writer = Writer(service, settings.database)
    async with working(writer.run()):
        for command in commands:
            await writer.submit(Asked.of(command, command.envelope.key.encode()))
    say(f"{service.name}: {len(commands)} commands done")


def _alone(conn: Connection) -> None:
    row = conn.execute("SELECT pg_try_advisory_lock(3)").fetchone()
    if not row or not row[0]:
        raise SystemExit("another rebuild of this service is at work")


class _Progress:
    """A line now and then while it works."""

    def __init__(self, name: str, began: float, before: int) -> None:
        self._name, self._began, self._before = name, began, before
        self._said = began

    def __call__(self, events: int) -> None:
        now = time.monotonic()
        if now - self._said >= 1:
            self._said = now
            rate = (events - self._before) / (now - self._began)
            say(f"{self._name}: {events:,} events, {rate:,.0f} a second")
