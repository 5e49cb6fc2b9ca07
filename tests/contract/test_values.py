"""学时 and 半天 on the wire: one form each, and only that one."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from libs.events.values import Half, HalfDay, Hours, total

HOURS, HALF_DAY = TypeAdapter(Hours), TypeAdapter(HalfDay)
half_days = st.builds(HalfDay, st.dates(), st.sampled_from(Half))
quantities = st.integers(0, 9_999_999_99).map(Hours)


@given(quantities)
def test_hours_come_back_and_have_two_decimals(hours: Hours) -> None:
    wire = HOURS.dump_json(hours)
    assert HOURS.validate_json(wire) == hours
    whole, dot, part = json.loads(wire).partition(".")
    assert (dot, len(part)) == (".", 2)
    assert int(whole) * 100 + int(part) == hours.hundredths
    assert Decimal(json.loads(wire)) == Decimal(hours.shown)


@given(st.lists(quantities))
def test_sums_are_exact(several: list[Hours]) -> None:
    assert Decimal(str(total(several))) == sum((Decimal(str(h)) for h in several), Decimal(0))


@pytest.mark.parametrize(
    "wire",
    [
        *('"4"', '"4.0"', '"4.000"', '"04.00"', '"-4.00"', '"+4.00"', '" 4.00"', '"4.00\\n"'),
        *('"4,00"', '".50"', '"1e2.00"', '"４.00"', '"NaN"', '"10000000.00"', '""'),
        *("4.00", "4", "null", "true", '["4.00"]', '{"hundredths": 400}'),
    ],
)
def test_no_other_form_of_hours_is_read(wire: str) -> None:
    with pytest.raises(ValidationError):
        HOURS.validate_json(wire)


@pytest.mark.parametrize(("said", "hundredths"), [("4", 400), ("4.5", 450), (90, 9000)])
def test_people_write_hours_as_they_like(said: str | int, hundredths: int) -> None:
    assert Hours.of(said).hundredths == hundredths


def test_finer_than_a_hundredth_is_no_quantity() -> None:
    with pytest.raises(ValueError, match="finer"):
        Hours.of("0.005")


@given(half_days)
def test_a_half_day_comes_back(half_day: HalfDay) -> None:
    wire = HALF_DAY.dump_json(half_day)
    assert HALF_DAY.validate_json(wire) == half_day
    assert HALF_DAY.dump_json(HALF_DAY.validate_json(wire)) == wire


@given(half_days, half_days)
def test_half_days_are_ordered_as_their_forms_are(one: HalfDay, other: HalfDay) -> None:
    assert (one < other) == (str(one) < str(other)) == (one.number < other.number)


def test_from_monday_morning_to_wednesday_noon_are_five_half_days() -> None:
    monday, wednesday = date(2024, 12, 16), date(2024, 12, 18)
    assert HalfDay(monday, Half.MORNING).through(HalfDay(wednesday, Half.MORNING)) == 5


@pytest.mark.parametrize(
    "wire",
    [
        *('"2024-12-20"', '"2024-12-20/AM"', '"2024-12-20/"', '"2024-13-20/am"', '"2023-02-29/am"'),
        *('"20241220/am"', '"2024-W51-5/am"', '"2024-12-20/am\\n"', '" 2024-12-20/am"', '"/am"'),
        *('"２０２４-12-20/am"', "20241220", "null", '{"day": "2024-12-20", "half": "am"}'),
    ],
)
def test_no_other_form_of_a_half_day_is_read(wire: str) -> None:
    with pytest.raises(ValidationError):
        HALF_DAY.validate_json(wire)
