"""Marks: whatever a topic does to the records, each is taken once and in order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw, SetAside
from libs.runtime.inbound.marks import BEHIND, Arrived, Gap, Source
from libs.runtime.log.codec import LogRow
from libs.runtime.outbound import relay
from tests.unit.runtime.records import LOG, TOPIC, arrived, log_of, logs, row, sent

START = relay.start_of(0, ())
Sent = tuple[LogRow, int, int]


@dataclass
class Consumer:
    """What a service keeps from batch to batch: its marks, what it took, what is set aside."""

    marks: dict[Source, int] = field(default_factory=dict)
    parked: set[tuple[str, bytes]] = field(default_factory=set)
    taken: list[Arrived] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    gaps: dict[Source, Gap] = field(default_factory=dict)

    def take(self, batch: Sequence[Arrived], poisoned: Sequence[int] = ()) -> None:
        """One batch; positions that are poisoned can't be handled."""
        reasons = {
            one.raw.place: "poisoned"
            for one in batch
            if one.inbound and one.inbound.position in poisoned
        }
        known = dict(self.marks)
        found = marks.sort(batch, known, set(self.parked), reasons)
        assert known == self.marks, "the marks that were loaded are not written to"
        self.marks |= found.marks
        self.taken += found.taken
        self.aside += found.aside
        self.parked |= {(one.raw.topic, one.raw.key) for one in found.aside}
        self.gaps = marks.standing(self.gaps, found.marks, found.gaps)

    def positions(self, log_id: UUID = LOG) -> dict[int, list[int]]:
        """What was taken, a partition each, in the order of taking."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in self.taken:
            if one.inbound and one.inbound.log_id == log_id:
                found[one.inbound.partition].append(one.inbound.position)
        return dict(found)


def by_partition(log: Sequence[LogRow]) -> dict[int, list[int]]:
    """What must have been taken."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for r, partition, _ in sent(log, START):
        found[partition].append(r.position)
    return dict(found)


@st.composite
def topics(draw: st.DrawFn, log: Sequence[LogRow], whole: bool) -> list[Arrived]:
    """The log as several relays may have sent it: from places of their own, in rounds of their
    own, mixed with one another, some records lost by the broker; if `whole`, everything
    once more at the end."""
    relays: list[list[Sent]] = []
    for _ in range(draw(st.integers(1, 3))):
        done = draw(st.integers(0, len(log)))
        _, place = relay.numbered(relay.Round(log[:done], START, complete=True))
        relays.append(sent(log, place))
    mixed: list[Sent] = []
    while relays:
        one = draw(st.sampled_from(relays))
        many = draw(st.integers(1, 5))
        mixed += one[:many]
        del one[:many]
        relays = [r for r in relays if r]
    lost = draw(st.sets(st.integers(0, max(len(mixed) - 1, 0)), max_size=4))
    kept = [s for n, s in enumerate(mixed) if n not in lost]
    kept += sent(log, START) if whole else []
    return [arrived(s, offset) for offset, s in enumerate(kept)]


@st.composite
def batches(draw: st.DrawFn, whole: bool = True) -> tuple[list[LogRow], list[list[Arrived]]]:
    """A log, and what a consumer gets of it, batch after batch."""
    log = draw(logs)
    records = draw(topics(log, whole))
    cuts = sorted(draw(st.lists(st.integers(0, len(records)), max_size=6)))
    pairs = zip([0, *cuts], [*cuts, len(records)], strict=True)
    return log, [records[start:end] for start, end in pairs]


@given(batches())
def test_every_record_is_taken_once_and_in_order(
    case: tuple[list[LogRow], list[list[Arrived]]],
) -> None:
    log, several = case
    consumer = Consumer()
    for batch in several:
        consumer.take(batch)
    assert consumer.positions() == by_partition(log)
    assert consumer.gaps == {}
    assert consumer.aside == []


@given(batches(whole=False))
def test_nothing_is_ever_overtaken_or_taken_twice(
    case: tuple[list[LogRow], list[list[Arrived]]],
) -> None:
    """Also while records are missing: what has been taken is a beginning of each partition."""
    log, several = case
    consumer, wanted = Consumer(), by_partition(log)
    for batch in several:
        consumer.take(batch)
        for partition, positions in consumer.positions().items():
            assert positions == wanted[partition][: len(positions)]
            assert consumer.marks[LOG, TOPIC, partition] == positions[-1]


@given(batches(whole=False))
def test_whatever_was_passed_over_is_in_a_gap_from_the_batch_in_which_it_shows(
    case: tuple[list[LogRow], list[list[Arrived]]],
) -> None:
    """And until it has been taken: the gap names what was taken last and what waits."""
    _, several = case
    consumer = Consumer()
    highest: dict[Source, int] = {}
    for batch in several:
        consumer.take(batch)
        for one in batch:
            if one.inbound:
                where = marks.source(one.inbound)
                highest[where] = max(one.inbound.position, highest.get(where, 0))
        done = consumer.marks
        assert consumer.gaps == {
            where: Gap(where, done.get(where, 0), position)
            for where, position in highest.items()
            if position > done.get(where, 0)
        }


def test_a_missing_record_is_a_gap_until_it_comes() -> None:
    one, two, three = (arrived(s, n) for n, s in enumerate(sent(log_of([1, 1, 1]), START)))
    consumer = Consumer()
    consumer.take([one, three])
    assert [(gap.mark, gap.passed) for gap in consumer.gaps.values()] == [(1, 3)]
    consumer.take([three])
    assert [(gap.mark, gap.passed) for gap in consumer.gaps.values()] == [(1, 3)]
    consumer.take([two, three])
    assert consumer.gaps == {}
    assert list(consumer.positions().values()) == [[1, 2, 3]]


def test_the_missing_record_alone_does_not_bring_back_what_was_passed_over() -> None:
    """What came before it in the same batch was not taken, so the gap stands, and is told now."""
    one, two, three, four = (arrived(s, n) for n, s in enumerate(sent(log_of([1] * 4), START)))
    consumer = Consumer()
    consumer.take([one, three, two])
    assert [(gap.mark, gap.passed) for gap in consumer.gaps.values()] == [(2, 3)]
    consumer.take([four])
    assert [(gap.mark, gap.passed) for gap in consumer.gaps.values()] == [(2, 4)]
    consumer.take([three])
    assert [(gap.mark, gap.passed) for gap in consumer.gaps.values()] == [(3, 4)]
    consumer.take([four])
    assert consumer.gaps == {}
    assert list(consumer.positions().values()) == [[1, 2, 3, 4]]


@given(batches(), st.sets(st.integers(1, 30), max_size=3))
def test_what_is_poisoned_parks_its_key_and_nothing_else(
    case: tuple[list[LogRow], list[list[Arrived]]], poisoned: set[int]
) -> None:
    log, several = case
    consumer = Consumer()
    for batch in several:
        consumer.take(batch, sorted(poisoned))
    taken = {p for positions in consumer.positions().values() for p in positions}
    aside = [one.raw.headers for one in consumer.aside]
    aside_positions = [int(dict(headers)["ce_position"]) for headers in aside]
    first = {r.subject: r.position for r in reversed(log) if r.position in poisoned}
    parked = [r.position for r in log if r.position >= first.get(r.subject, len(log) + 1)]
    assert sorted(aside_positions) == parked
    assert taken == {r.position for r in log} - set(parked)
    for one, position in zip(consumer.aside, aside_positions, strict=True):
        assert one.behind == (position not in first.values())
        assert one.reason == (BEHIND if one.behind else "poisoned")


def test_two_logs_of_one_topic_have_marks_of_their_own() -> None:
    """A restored log is another log: its positions begin again."""
    consumer, restored = Consumer(), UUID(int=100)
    log = log_of([1, 1, 1])
    consumer.take([arrived(s, n) for n, s in enumerate(sent(log, START))])
    consumer.take([arrived(s, n + 3, restored) for n, s in enumerate(sent(log[:2], START))])
    partition = relay.partition_of(str(log[0].subject).encode())
    assert consumer.positions() == {partition: [1, 2, 3]}
    assert consumer.positions(restored) == {partition: [1, 2]}


def test_what_is_no_event_of_ours_is_set_aside_and_parks_its_key() -> None:
    log = log_of([1, 2, 1])
    stranger = marks.arrived(Raw(TOPIC, 5, 0, str(row(1, 1).subject).encode(), (), b"{}"))
    assert stranger.inbound is None
    consumer = Consumer()
    consumer.take([stranger, *(arrived(s, n + 1) for n, s in enumerate(sent(log, START)))])
    assert [one.inbound.position for one in consumer.taken if one.inbound] == [2]
    assert [one.behind for one in consumer.aside] == [False, True, True]
    assert [one.reason.partition(":")[0] for one in consumer.aside] == ["envelope", BEHIND, BEHIND]


def test_a_record_behind_what_was_set_aside_earlier_waits_too() -> None:
    consumer = Consumer(parked={(TOPIC, str(row(1, 1).subject).encode())})
    consumer.take([arrived(s, n) for n, s in enumerate(sent(log_of([1, 2]), START))])
    assert [one.inbound.position for one in consumer.taken if one.inbound] == [2]
    assert [one.behind for one in consumer.aside] == [True]
