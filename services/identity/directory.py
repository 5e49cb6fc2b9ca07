"""After each round of the relay: the current row of every person whom the round concerns."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from aiokafka import AIOKafkaProducer
from psycopg import AsyncConnection

from libs.events.directory import DirectoryRow, Entry
from libs.events.identity import (
    DepartmentAssigned,
    IdentityCorrected,
    MembershipConfirmed,
    MembershipDeclined,
    PersonDetailsChanged,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
)
from libs.runtime import broker
from libs.runtime.log.codec import LogRow
from libs.runtime.outbound.relay import partition_of

_CHANGES = {
    event.wire_name()
    for event in (
        PersonRegistered,
        MembershipConfirmed,
        MembershipDeclined,
        PersonTransferred,
        DepartmentAssigned,
        PersonDetailsChanged,
        IdentityCorrected,
        PersonErased,
    )
}
_ROWS = (
    "SELECT person_id, s.name, s.masked, v.digest, p.unit_id, p.department_id "
    "FROM people p JOIN shown s USING (person_id) JOIN vault v USING (person_id) "
    "WHERE person_id = ANY(%s)"
)


class Directory:
    """Publishes rows; a tombstone for whoever has none any more."""

    def __init__(self, prefix: str) -> None:
        self._topic = f"{prefix}{broker.DIRECTORY}"

    async def after_round(
        self, conn: AsyncConnection, producer: AIOKafkaProducer, rows: Sequence[LogRow]
    ) -> None:
        """All of them are acknowledged before the relay's cursor moves. KafkaError."""
        touched = {row.subject for row in rows if row.type in _CHANGES}
        if not touched:
            return
        entries = await _entries(conn, rows, touched)
        acks = [
            await producer.send(
                self._topic,
                entry.value,
                entry.key,
                partition_of(entry.key),
                headers=entry.headers,
            )
            for entry in entries
        ]
        await asyncio.gather(*acks)


async def _entries(
    conn: AsyncConnection, rows: Sequence[LogRow], touched: set[UUID]
) -> list[Entry]:
    """As things stand now: never older than the round that they are stamped with."""
    stamp = rows[-1].position
    log_id = (await (await conn.execute("SELECT id FROM log")).fetchall())[0][0]
    found = await (await conn.execute(_ROWS, (list(touched),))).fetchall()
    current = {
        person: DirectoryRow(
            name=name, masked=masked, digest=digest, unit_id=unit, department_id=department
        )
        for person, name, masked, digest, unit, department in found
    }
    return [Entry(person, log_id, stamp, current.get(person)) for person in touched]
