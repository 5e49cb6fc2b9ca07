"""Logs of the tests, and what a topic may do to their records."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw
from libs.runtime.inbound.marks import Arrived
from libs.runtime.log import codec
from libs.runtime.log.codec import LogRow
from libs.runtime.outbound import relay

AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
LOG = UUID(int=99)
TOPIC = "tally.events"
META = f'{{"actor":"{UUID(int=7)}","role":"service","correlation":"{UUID(int=8)}"}}'


def row(position: int, subject: int) -> LogRow:
    """One event of the log."""
    body = f'{{"account_id":"{UUID(int=subject)}","amount":{position}}}'
    return LogRow(position, UUID(int=position), "tally.Added", 1, UUID(int=subject), AT, META, body)


def log_of(subjects: Sequence[int]) -> list[LogRow]:
    """A log whose events are about these subjects, in order."""
    return [row(position, subject) for position, subject in enumerate(subjects, 1)]


logs = st.lists(st.integers(1, 6), min_size=1, max_size=30).map(log_of)


def sent(
    log: Sequence[LogRow], place: relay.Place, cuts: Sequence[int] = ()
) -> list[tuple[LogRow, int, int]]:
    """What one relay sends from this place on, in rounds cut here: row, partition, previous."""
    rest = [r for r in log if r.position > place.cursor]
    found = []
    for start, end in zip((0, *sorted(cuts)), (*sorted(cuts), len(rest)), strict=True):
        parts, place = relay.numbered(relay.Round(rest[start:end], place, complete=True))
        found += [(r, p, previous) for p, records in parts.items() for r, _, previous in records]
    return found


def arrived(sent_: tuple[LogRow, int, int], offset: int, log_id: UUID = LOG) -> Arrived:
    """The record as a consumer gets it, through the real headers."""
    row_, partition, previous = sent_
    headers = tuple(codec.headers(row_, str(log_id), previous))
    key = str(row_.subject).encode()
    return marks.arrived(Raw(TOPIC, partition, offset, key, headers, row_.body.encode()))
