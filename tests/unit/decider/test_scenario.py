"""The cases at the counter themselves: a test written with them can fail."""

import pytest

from tests.unit.decider.counter import (
    NOTHING,
    TOO_MUCH,
    TOO_OFTEN,
    Add,
    Added,
    Filled,
    Limits,
    counter,
)


def test_given_when_then() -> None:
    counter().given(Added(3)).when(Add(4)).then(Added(4))
    counter().given(Added(3)).when(Add(7)).then(Added(7), Filled())
    counter().given(Added(3)).when(Add(7)).then_types(Added, Filled)
    counter().given(Added(3)).when(Add(8)).refused(TOO_MUCH)


def test_what_was_accepted_joins_the_history() -> None:
    case = counter().when(Add(6)).when(Add(4)).then(Added(4), Filled())
    assert case.history == (Added(6), Added(4), Filled())
    assert case.state == 10


def test_a_refusal_changes_nothing() -> None:
    case = counter().when(Add(6)).when(Add(5)).refused(TOO_MUCH)
    assert case.state == 6
    case.when(Add(4)).then(Added(4), Filled())


def test_facts_follow_what_happens() -> None:
    counter().when(Add(1)).when(Add(1)).when(Add(1)).when(Add(1)).refused(TOO_OFTEN)
    counter().given(Added(1), Added(1), Added(1)).when(Add(1)).refused(TOO_OFTEN)
    counter().knowing(Limits(most=2)).when(Add(3)).refused(TOO_MUCH)


def test_a_beginning_is_shared_by_several_cases() -> None:
    beginning = counter().given(Added(3))
    beginning.when(Add(7)).then(Added(7), Filled())
    beginning.when(Add(1)).then(Added(1))
    assert beginning.outcome is None


def test_then_fails_on_a_refusal_and_says_by_which_rule() -> None:
    with pytest.raises(AssertionError, match="refused by too-much: 超过上限"):
        counter().when(Add(11)).then(Added(11))
    with pytest.raises(AssertionError, match="refused by too-much"):
        counter().when(Add(11)).then_types(Added)


@pytest.mark.parametrize(
    "expected", [(), (Added(2),), (Added(1), Filled()), (Filled(),), (Added(1), Added(1))]
)
def test_then_fails_on_other_events(expected: tuple[Added | Filled, ...]) -> None:
    with pytest.raises(AssertionError, match=r"got \(Added\(amount=1\),\)"):
        counter().when(Add(1)).then(*expected)


def test_then_types_fails_on_other_types() -> None:
    for expected in ((), (Filled,), (Added, Filled)):
        with pytest.raises(AssertionError, match="expected"):
            counter().when(Add(1)).then_types(*expected)


def test_then_fails_when_nothing_was_asked() -> None:
    with pytest.raises(AssertionError):
        counter().given(Added(1)).then()


def test_refused_fails_on_events_and_on_another_rule() -> None:
    with pytest.raises(AssertionError, match="not refused"):
        counter().when(Add(1)).refused(TOO_MUCH)
    with pytest.raises(AssertionError, match="refused by nothing, expected too-much"):
        counter().when(Add(0)).refused(TOO_MUCH)
    with pytest.raises(AssertionError, match="not refused"):
        counter().refused(NOTHING)


def test_particulars_of_a_refusal_may_differ() -> None:
    counter().when(Add(12)).refused(TOO_MUCH.because("超出 99"))
