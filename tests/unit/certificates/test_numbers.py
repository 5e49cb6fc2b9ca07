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


def test_every_character_is_a_digit_or_a_letter_of_the_paper_s_own() -> None:
    """No sign that reads like a mask or a footnote, and none that a Chinese keyboard changes."""
    last = {
        numbers.check(f"2024{numbers.ALPHABET[n // 32]}{numbers.ALPHABET[n % 32]}00000000")
        for n in range(1024)
    }
    assert last == set(numbers.ALPHABET)


@given(NUMBERS, st.sampled_from(["-", "－", "—", " ", "\u3000", "\u200b"]))
def test_a_number_is_read_however_it_was_typed(number: str, between: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert numbers.read(wide) == numbers.read(wide.lower()) == number
    assert numbers.read(between.join((number[:4], number[4:9], number[9:]))) == number
    assert numbers.read(number.replace("0", "o").replace("1", "l")) == number
    assert numbers.read(number.replace("0", "O").replace("1", "Ｉ")) == number


def test_the_example_of_the_api_is_a_number() -> None:
    assert numbers.read(numbers.EXAMPLE) == numbers.EXAMPLE


@given(NUMBERS, st.integers(0, 14), st.sampled_from(numbers.ALPHABET))
def test_one_wrong_character_is_noticed(number: str, at: int, other: str) -> None:
    if number[at] != other:
        assert numbers.read(number[:at] + other + number[at + 1 :]) is None


@given(NUMBERS, st.integers(0, 14), st.integers(0, 14))
def test_any_two_that_changed_places_are_noticed(number: str, one: int, other: int) -> None:
    swapped = list(number)
    swapped[one], swapped[other] = number[other], number[one]
    if "".join(swapped) != number:
        assert numbers.read("".join(swapped)) is None


def test_no_two_of_many_are_one() -> None:
    assert len({numbers.new(2024) for _ in range(2000)}) == 2000
