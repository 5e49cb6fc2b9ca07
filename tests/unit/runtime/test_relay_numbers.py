"""The relay's numbers: the same record has the same previous, whatever happened before."""

from collections import defaultdict

from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from libs.runtime.broker import PARTITIONS
from libs.runtime.log.codec import LogRow
from libs.runtime.outbound import relay
from tests.unit.runtime.records import logs, row, sent

START = relay.start_of(0, ())


def test_the_first_of_a_partition_has_none_before_it() -> None:
    assert [previous for _, _, previous in sent([row(1, 1), row(2, 1)], START)] == [0, 1]


@given(log=logs, data=st.data())
def test_however_the_log_is_cut_into_rounds(log: list[LogRow], data: st.DataObject) -> None:
    whole = sent(log, START)
    cuts = data.draw(st.lists(st.integers(0, len(log)), max_size=5))
    assert sorted(sent(log, START, cuts)) == sorted(whole)


@given(log=logs)
def test_numbers_chain_the_records_of_a_partition(log: list[LogRow]) -> None:
    chain: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for r, partition, previous in sent(log, START):
        chain[partition].append((previous, r.position))
    for links in chain.values():
        assert [previous for previous, _ in links] == [0, *(position for _, position in links)][:-1]
        assert links == sorted(links)


@given(log=logs, data=st.data())
def test_a_round_repeated_after_a_crash_is_the_same(log: list[LogRow], data: st.DataObject) -> None:
    """The place is stored after each round; whatever the crash, the next relay begins there."""
    done = data.draw(st.integers(0, len(log)))
    _, place = relay.numbered(relay.Round(log[:done], START, complete=True))
    stored = relay.start_of(place.cursor, list(place.numbers))
    assert sent(log, stored) == sent(log, place)
    assert set(sent(log, stored)) <= set(sent(log, START))


@given(log=logs)
def test_from_zero_the_numbers_count_from_zero(log: list[LogRow]) -> None:
    _, place = relay.numbered(relay.Round(log, START, complete=True))
    again = relay.start_of(0, list(place.numbers))  # an operator set the cursor alone
    assert sorted(sent(log, again)) == sorted(sent(log, START))


@given(st.uuids())
def test_keys_go_where_kafkas_own_partitioner_sends_them(key: object) -> None:
    every = list(range(PARTITIONS))
    wanted = DefaultPartitioner()(str(key).encode(), every, every)
    assert relay.partition_of(str(key).encode()) == wanted


def test_some_keys_by_heart() -> None:
    """For ever: a stored number of a partition means this partition."""
    keys = [f"00000000-0000-0000-0000-{n:012d}".encode() for n in range(6)]
    assert [relay.partition_of(key) for key in keys] == [9, 2, 5, 7, 0, 3]


def test_a_round_of_nothing_stays_where_it_is() -> None:
    place = relay.Place(7, (7, *(0,) * 11))
    assert relay.numbered(relay.Round([], place, complete=True)) == ({}, place)


def test_how_soon_the_relay_looks_again() -> None:
    full, busy, idle = (
        relay.Round([row(1, 1)], START, complete=False),
        relay.Round([row(1, 1)], START, complete=True),
        relay.Round([], START, complete=True),
    )
    assert [relay.wait_after(r, 0) for r in (full, busy, idle)] == [0, 0.030, 0.025]
    assert [relay.wait_after(r, relay.QUIET) for r in (full, busy, idle)] == [0, 0.030, 0.100]
