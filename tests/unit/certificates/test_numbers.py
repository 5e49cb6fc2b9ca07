"""证书编号: unguessable, and a slip of the pen is noticed."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from libs.events.certificates import Number
from services.certificates import numbers

NUMBERS = st.builds(lambda: numbers.new(2024))


@given(NUMBERS)
def test_a_number_is_of_the_language_and_reads_as_itself(number: str) -> None:
    assert TypeAdapter(Number).validate_python(number) == number
    assert numbers.read(f" {number[:4]}-{number[4:9].lower()} {number[9:]} ") == number


@given(NUMBERS, st.integers(0, 13), st.sampled_from(numbers.ALPHABET))
def test_one_wrong_character_is_noticed(number: str, at: int, other: str) -> None:
    if number[at] != other:
        assert numbers.read(number[:at] + other + number[at + 1 :]) is None


@given(NUMBERS, st.integers(0, 12))
def test_swapped_neighbours_are_noticed(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        assert numbers.read(swapped) is None


def test_no_two_of_many_are_one() -> None:
    assert len({numbers.new(2024) for _ in range(2000)}) == 2000
