"""Which of the records that arrived are taken: at least once becomes exactly once.

Each record carries its log's id, its position and the position of the record before it in its
partition. The mark is the highest position done of (log, topic, partition).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from libs.events.registry import Malformed
from libs.runtime.inbound.aside import Raw, SetAside
from libs.runtime.log import codec
from libs.runtime.log.codec import Inbound
from libs.runtime.tables import Rows, Statement

Source = tuple[UUID, str, int]  # log id, topic, partition
BEHIND = "behind one that was set aside"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A record from a topic, its envelope read, or the reason why it can't be."""

    raw: Raw
    inbound: Inbound | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Records were passed over, since one before them has not been seen.

    It stands until everything up to `passed` has been taken: what was passed over comes again
    only when it is republished.
    """

    source: Source
    mark: int  # the last position done
    passed: int  # the highest position passed over


@dataclass(slots=True)
class Sorted:
    """What to do with each."""

    taken: list[Arrived] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    gaps: dict[Source, Gap] = field(default_factory=dict)
    marks: dict[Source, int] = field(default_factory=dict)


def source(inbound: Inbound) -> Source:
    """Whose position it is."""
    return (inbound.log_id, inbound.topic, inbound.partition)


def sort(
    arrived: Sequence[Arrived],
    marks: Mapping[Source, int],
    parked: set[tuple[str, bytes]],
    poisoned: Mapping[tuple[str, int, int], str],
) -> Sorted:
    """Skip what is done, stop at a gap, park behind what is set aside, take the rest."""
    found = Sorted()
    parked = set(parked)
    passed: dict[Source, int] = {}
    for one in arrived:
        raw, inbound = one.raw, one.inbound
        key = (raw.topic, raw.key)
        if inbound is None:
            found.aside.append(SetAside(raw, one.problem))
            parked.add(key)
            continue
        where = source(inbound)
        mark = found.marks.get(where, marks.get(where, 0))
        if inbound.position <= mark:
            continue
        if inbound.previous > mark:
            passed[where] = max(inbound.position, passed.get(where, 0))
            continue
        found.marks[where] = inbound.position
        if key in parked:
            found.aside.append(SetAside(raw, BEHIND, behind=True))
        elif reason := poisoned.get(raw.place):
            found.aside.append(SetAside(raw, reason))
            parked.add(key)
        else:
            found.taken.append(one)
    for where, position in passed.items():
        mark = found.marks.get(where, marks.get(where, 0))
        if position > mark:
            found.gaps[where] = Gap(where, mark, position)
    return found


def standing(
    gaps: Mapping[Source, Gap], moved: Mapping[Source, int], more: Mapping[Source, Gap]
) -> dict[Source, Gap]:
    """The gaps that stand once the marks have moved to here and more was passed over."""
    found = {
        where: replace(gap, mark=moved.get(where, gap.mark))
        for where, gap in gaps.items()
        if moved.get(where, 0) < gap.passed
    }
    for where, gap in more.items():
        before = found.get(where, gap)
        found[where] = replace(gap, passed=max(gap.passed, before.passed))
    return found


def ask(arrived: Sequence[Arrived]) -> Statement:
    """The marks of these records' sources."""
    sources = {source(one.inbound) for one in arrived if one.inbound}
    logs, topics, partitions = zip(*sources, strict=True) if sources else ((), (), ())
    return Statement(
        "SELECT log_id, topic, partition, position FROM marks WHERE (log_id, topic, partition) "
        "IN (SELECT * FROM unnest(%b::uuid[], %b::text[], %b::int[]))",
        (list(logs), list(topics), list(partitions)),
    )


def found(rows: Rows) -> dict[Source, int]:
    """The marks that `ask` asked for."""
    return {(log, topic, partition): position for log, topic, partition, position in rows}


def move(marks: Mapping[Source, int]) -> Statement:
    """Everything up to here has been done."""
    logs, topics, partitions = zip(*marks, strict=True)
    return Statement(
        "INSERT INTO marks SELECT * FROM unnest(%b::uuid[], %b::text[], %b::int[], %b::bigint[]) "
        "ON CONFLICT (log_id, topic, partition) DO UPDATE SET position = excluded.position",
        (list(logs), list(topics), list(partitions), list(marks.values())),
    )


def arrived(raw: Raw) -> Arrived:
    """The record with its envelope read, if it has one."""
    try:
        return Arrived(
            raw, codec.inbound(raw.topic, raw.partition, raw.offset, raw.headers, raw.value)
        )
    except Malformed as malformed:
        return Arrived(raw, None, str(malformed))
