"""Heartbeats: up to which position a log was published at which instant.

A projection whose marks have reached these numbers is current as of that instant.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from libs.runtime.broker import PARTITIONS
from libs.runtime.tables import Rows, Statement


class Heartbeat(msgspec.Struct, frozen=True):
    """Everything of this log that was committed before `as_of` has been published."""

    context: str
    topic: str
    log_id: UUID
    position: int
    numbers: Sequence[int]  # the last position sent, a partition each
    as_of: datetime

    def encode(self) -> bytes:
        """As the topic carries it."""
        return msgspec.json.encode(self)


def decode(value: bytes) -> Heartbeat:
    """From the topic. msgspec.MsgspecError; ValueError where no relay could have said it."""
    beat = msgspec.json.decode(value, type=Heartbeat)
    numbers = (beat.position, *beat.numbers)
    if len(beat.numbers) != PARTITIONS or not all(0 <= number < 1 << 63 for number in numbers):
        raise ValueError("positions out of range")
    if beat.as_of.tzinfo is None:
        raise ValueError("no instant")
    return beat


_BEHIND = (
    "FROM unnest(%s::bigint[]) WITH ORDINALITY AS sent (number, n) "
    "LEFT JOIN marks m ON m.log_id = %s AND m.topic = %s AND m.partition = n - 1 "
    "WHERE coalesce(m.position, 0) < sent.number"
)


def _of(beat: Heartbeat) -> tuple[list[int], UUID, str]:
    return list(beat.numbers), beat.log_id, beat.topic


def behind(beat: Heartbeat) -> Statement:
    """The partitions whose marks the beat's numbers are before, each with its mark."""
    return Statement(
        f"SELECT %s, (n - 1)::int, coalesce(m.position, 0) {_BEHIND}",
        (beat.topic, *_of(beat)),
    )


def hear(beat: Heartbeat) -> Statement:
    """Write down how current this service is, if its marks have reached the beat's numbers."""
    return Statement(
        "INSERT INTO heard (context, log_id, position, as_of) SELECT %s, %s, %s, %s "
        f"WHERE NOT EXISTS (SELECT {_BEHIND}) "
        "ON CONFLICT (context) DO UPDATE SET log_id = excluded.log_id, "
        "position = excluded.position, as_of = excluded.as_of "
        "WHERE heard.as_of < excluded.as_of",
        (
            beat.context,
            beat.log_id,
            beat.position,
            beat.as_of,
            *_of(beat),
        ),
    )


HEARD = Statement("SELECT context, as_of FROM heard")
"""As of when each context is known."""


def as_of(heard: Rows, *contexts: str) -> datetime | None:
    """The instant up to which all of these contexts are known, from the rows of HEARD; None
    while one of them has never been heard."""
    known = {context: at for context, at in heard if context in contexts}
    return min(known.values()) if len(known) == len(contexts) else None
