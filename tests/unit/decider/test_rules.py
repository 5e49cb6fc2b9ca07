"""Rules, in their order; refusals, with their particulars."""

import pytest

from libs.decider import Kind, Refused, Rule, first_broken
from tests.unit.decider.counter import (
    DECIDER,
    NOTHING,
    RULES,
    SOURCE,
    TOO_MUCH,
    TOO_OFTEN,
    Add,
    Added,
    Filled,
    Limits,
)


@pytest.mark.parametrize(
    ("amount", "state", "times", "broken"),
    [
        (1, 0, 3, None),
        (10, 0, 3, None),
        (0, 0, 3, NOTHING),
        (0, 99, 0, NOTHING),  # the first of several
        (11, 0, 0, TOO_MUCH.because("超出 1")),
        (1, 0, 0, TOO_OFTEN),
    ],
)
def test_the_first_broken_rule_is_told(
    amount: int, state: int, times: int, broken: Rule | None
) -> None:
    assert first_broken(RULES, Add(amount), state, Limits(times=times)) == broken


def test_no_rule_is_broken_where_there_is_none() -> None:
    assert first_broken((), Add(0), 0, Limits()) is None


def test_particulars_and_field_change_nothing_else() -> None:
    told = TOO_MUCH.because("超出 3").on("total")
    assert (told.detail, told.field) == ("超出 3", "total")
    assert (TOO_MUCH.detail, TOO_MUCH.field) == ("", "amount")
    assert (told.code, told.text, told.source, told.remedy, told.kind) == (
        *("too-much", "超过上限", SOURCE, "请减少"),
        Kind.CONFLICT,
    )


def test_a_source_reads_as_it_is_quoted() -> None:
    assert str(SOURCE) == "测试文件 第一条"


def test_a_refusal_carries_its_rule_and_says_its_code_alone() -> None:
    refused = Refused(TOO_MUCH.because("超出 3"))
    assert refused.rule.detail == "超出 3"
    assert str(refused) == "too-much"


def test_a_state_is_the_fold_of_what_happened() -> None:
    assert DECIDER.fold([]) == 0
    assert DECIDER.fold([Added(3), Added(4), Filled()]) == 7
    assert DECIDER.fold([Added(1)], state=0) == 1
    assert DECIDER.fold([Added(1)], state=9) == 10
