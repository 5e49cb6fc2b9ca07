"""Whatever a year holds: caps hold, order is nothing, more is never less."""

from collections.abc import Iterable
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.events.values import Hours
from libs.policy import Count, Line, Pack, Silent, count, standing
from libs.policy.drafts import draft
from libs.policy.recognition import around, holds
from tests.policy.golden import pack_of

CALM = settings(deadline=None)
PACKS = [draft("gx-2024"), pack_of("test-nested"), pack_of("test-offline")]


def line(number: int, rule: str, hundredths: int, pack: Pack) -> Line:
    return Line(UUID(int=number), pack.rule(rule).category, rule, Hours(hundredths))


@st.composite
def years(draw: st.DrawFn) -> tuple[Pack, list[Line]]:
    """A pack and a year's entries under it, in no order."""
    pack = draw(st.sampled_from(PACKS))
    rules = st.sampled_from([rule.rule for rule in pack.recognition])
    facts = draw(st.lists(st.tuples(rules, st.integers(1, 3000)), max_size=14))
    numbers = draw(st.permutations(range(1, len(facts) + 1)))
    return pack, [line(n, *fact, pack) for n, fact in zip(numbers, facts, strict=True)]


def by_hand(pack: Pack, lines: Iterable[Line], group: str) -> int:
    """What a group counts, by its definition: its own entries and the groups inside, capped."""
    cap = next(cap for cap in pack.caps if cap.group == group)
    own = sum(e.hours.hundredths for e in lines if pack.rule(e.rule).group == group)
    inside = sum(by_hand(pack, lines, inner.group) for inner in pack.caps if inner.within == group)
    return min(cap.at_most.hundredths, own + inside)


def of_group(pack: Pack, lines: Iterable[Line], counted: Count, group: str) -> int:
    inside = [e for e in lines if group in around(pack.rule(e.rule).group, pack.caps)]
    return sum(counted.by_entry[e.entry] for e in inside)


@CALM
@given(years())
def test_every_cap_holds_and_is_filled(year: tuple[Pack, list[Line]]) -> None:
    pack, lines = year
    counted = count(pack, lines)
    for cap in pack.caps:
        total = of_group(pack, lines, counted, cap.group)
        assert total <= cap.at_most.hundredths
        if not cap.within:
            assert total == by_hand(pack, lines, cap.group)


@CALM
@given(years())
def test_no_entry_counts_more_than_was_recognised(year: tuple[Pack, list[Line]]) -> None:
    pack, lines = year
    counted = count(pack, lines)
    for entry in lines:
        assert 0 <= counted.by_entry[entry.entry] <= entry.hours.hundredths
        if not pack.rule(entry.rule).group:
            assert counted.of(entry.entry) == entry.hours
    assert sum(counted.by_entry.values()) == counted.total == sum(counted.by_category.values())


@CALM
@given(years(), st.randoms())
def test_order_is_nothing(year: tuple[Pack, list[Line]], dice: Random) -> None:
    pack, lines = year
    shuffled = list(lines)
    dice.shuffle(shuffled)
    assert count(pack, shuffled) == count(pack, lines)
    assert standing(pack, shuffled).satisfied == standing(pack, lines).satisfied


@CALM
@given(years())
def test_adding_an_entry_lowers_no_sum(year: tuple[Pack, list[Line]]) -> None:
    pack, lines = year
    for number in range(len(lines)):
        before = count(pack, lines[:number])
        after = count(pack, lines[: number + 1])
        for category in pack.categories:
            assert before.by_category[category.code] <= after.by_category[category.code]


@CALM
@given(years())
def test_removing_an_entry_lets_the_others_count(year: tuple[Pack, list[Line]]) -> None:
    pack, lines = year
    all_of_them = count(pack, lines)
    for gone in lines:
        rest = count(pack, [entry for entry in lines if entry is not gone])
        assert rest.total >= all_of_them.total - all_of_them.by_entry[gone.entry]
        for entry, hundredths in rest.by_entry.items():
            assert hundredths >= all_of_them.by_entry[entry]


@CALM
@given(years())
def test_what_is_said_to_be_short_would_do(year: tuple[Pack, list[Line]]) -> None:
    pack, lines = year
    if not pack.says("hours"):
        return
    short = [o for o in standing(pack, lines).missing("annual") if o.short.hundredths]
    if short:
        most = max(outcome.short.hundredths for outcome in short)
        assert "annual" in standing(pack, [*lines, line(99, "training", most, pack)]).satisfied
        less = [*lines, line(99, "training", most - 1, pack)]
        assert "annual" not in standing(pack, less).satisfied


def test_a_rule_that_the_pack_has_not_is_named() -> None:
    stranger = Line(UUID(int=1), "professional", "telepathy", Hours(100))
    with pytest.raises(Silent, match="telepathy"):
        count(draft("gx-2024"), [stranger])


def test_a_subject_holds_its_parts_only() -> None:
    assert holds("public", "public.required")
    assert holds("public", "public")
    assert not holds("public", "publications")
    assert not holds("public.required", "public")


def test_an_advisory_requirement_is_shown_and_decides_nothing() -> None:
    pack = draft("gx-2024")
    year = standing(pack, [line(1, "training", 9000, pack)])
    course = next(o for o in year.outcomes("annual") if o.requirement == "required_course")
    assert course.sentence == "尚未完成公需科目必修课学习和考试"
    assert str(course.source) == "2024年度学习通知 三（一）"
    assert (course.met, course.binding) == (False, False)
    assert year.missing("annual") == ()
    assert "annual" in year.satisfied
