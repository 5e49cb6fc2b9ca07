"""Heartbeats: a context is heard up to an instant when everything sent before it was taken in."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from libs.runtime import database
from libs.runtime.inbound import marks
from libs.runtime.log import batch
from libs.runtime.outbound import heartbeat
from libs.runtime.outbound.heartbeat import Heartbeat
from tests.component.conftest import Pair
from tests.component.lab import AT, Lab

LOG, RESTORED = UUID(int=3), UUID(int=4)
BEAT = Heartbeat("tally", "tally.events", LOG, 9, [9, 0, 7, *[0] * 9], AT)
SECOND = timedelta(seconds=1)


def replaced(**said: Any) -> Heartbeat:
    """The beat with this said otherwise."""
    return msgspec.structs.replace(BEAT, **said)


async def taken(
    lab: Lab, log_id: UUID = LOG, topic: str = "tally.events", **positions: int
) -> None:
    """The marks of partitions p0, p1, … stand here."""
    moved = {(log_id, topic, int(p[1:])): n for p, n in positions.items()}
    async with await database.connect(lab.settings.database) as conn:
        await batch.ask(conn, [marks.move(moved)], ())


async def hear(lab: Lab, beat: Heartbeat) -> tuple[int, datetime] | None:
    """Up to where and when tally has been heard, once this beat came."""
    async with await database.connect(lab.settings.database) as conn:
        await batch.ask(conn, [*batch.BEGIN, heartbeat.hear(beat), batch.COMMIT], ())
    rows = await lab.rows("SELECT position, as_of FROM heard WHERE context = 'tally'")
    return (rows[0][0], rows[0][1]) if rows else None


async def test_a_beat_counts_once_every_partition_has_been_taken_in(pair: Pair) -> None:
    lab = pair.mirror
    assert await hear(lab, BEAT) is None
    await taken(lab, p0=9)
    assert await hear(lab, BEAT) is None
    await taken(lab, p2=6)
    assert await hear(lab, BEAT) is None
    await taken(lab, p2=7)
    assert await hear(lab, BEAT) == (9, AT)


async def test_only_marks_of_the_same_log_count(pair: Pair) -> None:
    """A restored log is another log: nothing of it has been taken in."""
    await taken(pair.mirror, p0=9, p2=7)
    assert await hear(pair.mirror, replaced(log_id=RESTORED)) is None
    await taken(pair.mirror, RESTORED, p0=9, p2=7)
    assert await hear(pair.mirror, replaced(log_id=RESTORED)) == (9, AT)


async def test_the_newest_instant_wins_in_whatever_order_beats_come(pair: Pair) -> None:
    await taken(pair.mirror, p0=12, p2=7)
    later = replaced(position=12, numbers=[12, 0, 7], as_of=AT + SECOND)
    assert await hear(pair.mirror, later) == (12, AT + SECOND)
    assert await hear(pair.mirror, BEAT) == (12, AT + SECOND)
    assert await hear(pair.mirror, replaced(as_of=AT + SECOND)) == (12, AT + SECOND)


async def test_a_beat_ahead_of_what_was_taken_leaves_what_was_heard(pair: Pair) -> None:
    await taken(pair.mirror, p0=9, p2=7)
    assert await hear(pair.mirror, BEAT) == (9, AT)
    ahead = replaced(position=10, numbers=[9, 10, 7], as_of=AT + SECOND)
    assert await hear(pair.mirror, ahead) == (9, AT)
