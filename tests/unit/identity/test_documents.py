"""身份证件: each kind its own check, one person one number, and nothing readable in a mask."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.events.documents import (
    DocumentKind,
    Problem,
    WrongDocument,
    digest_of,
    read,
    same_name,
    text_digest,
)
from libs.events.documents.citizen import check_digit

ID = DocumentKind.RESIDENT_ID
KEY = b"k" * 32


def full(first: str) -> str:
    return first + check_digit(first)


BIRTHS = st.dates(date(1900, 1, 1), date(1999, 12, 31))
ORDER = st.integers(0, 999)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born, order = draw(BIRTHS), draw(ORDER)
    return full(f"450102{born:%Y%m%d}{order:03d}")


def problem(kind: DocumentKind, number: str) -> Problem:
    with pytest.raises(WrongDocument) as wrong:
        read(kind, number)
    assert not number or number not in str(wrong.value)
    return wrong.value.problem


def test_the_standard_s_own_example() -> None:
    assert read(ID, "11010519491231002X").number == "11010519491231002X"


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_noticed(number: str, where: int, other: str) -> None:
    wrong = number[:where] + other + number[where + 1 :]
    if wrong != number:
        problem(ID, wrong)


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_are_noticed(number: str, where: int) -> None:
    swapped = number[:where] + number[where + 1] + number[where] + number[where + 2 :]
    if swapped != number:
        problem(ID, swapped)


@given(numbers())
def test_fifteen_digits_are_the_same_person(number: str) -> None:
    if number[6:8] == "19":
        old = number[:6] + number[8:17]
        assert digest_of(read(ID, old), KEY) == digest_of(read(ID, number), KEY)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105194912310\u200b02x",
    ],
)
def test_however_it_was_typed(typed: str) -> None:
    assert read(ID, typed) == read(ID, "11010519491231002X")


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        (ID, "1101051949123100", Problem.SHAPE),
        (ID, "11010519491231002Y", Problem.SHAPE),
        (ID, "²10105194912310021", Problem.CHECK),
        (ID, full("99010519491231002"), Problem.REGION),
        (ID, full("11010519490230002"), Problem.BIRTH),
        (ID, full("11010518991231002"), Problem.BIRTH),
        (ID, "110105194912310021", Problem.CHECK),
        (ID, "", Problem.SHAPE),
        (DocumentKind.HMT_RESIDENCE, full("45010219900307123"), Problem.REGION),
        (DocumentKind.HM_PERMIT, "A12345678", Problem.SHAPE),
        (DocumentKind.TW_PERMIT, "1234567", Problem.SHAPE),
        (DocumentKind.PASSPORT, "E1", Problem.SHAPE),
        (DocumentKind.PASSPORT, "ABCDEFGH", Problem.SHAPE),
        (DocumentKind.FOREIGN_RESIDENCE, "USA110090133212", Problem.BIRTH),
        (DocumentKind.FOREIGN_RESIDENCE, full("11010519491231002"), Problem.REGION),
    ],
)
def test_each_kind_has_its_own_check(kind: DocumentKind, number: str, why: Problem) -> None:
    assert problem(kind, number) is why


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (DocumentKind.HMT_RESIDENCE, full("81000019900307123"), full("81000019900307123")),
        (DocumentKind.HM_PERMIT, "h1234567802", "H12345678"),
        (DocumentKind.TW_PERMIT, "12345678", "12345678"),
        (DocumentKind.TW_PERMIT, "1234567801(B)", "12345678"),
        (DocumentKind.PASSPORT, "e12345678", "E12345678"),
        (DocumentKind.FOREIGN_RESIDENCE, "USA110090030712", "USA110090030712"),
        (DocumentKind.FOREIGN_RESIDENCE, full("91156019900307123"), full("91156019900307123")),
    ],
)
def test_other_documents_are_taken(kind: DocumentKind, typed: str, number: str) -> None:
    assert read(kind, typed).number == number


def test_one_number_of_two_kinds_is_two_people_unless_it_has_eighteen() -> None:
    passport, permit = (
        read(DocumentKind.PASSPORT, "12345678"),
        read(DocumentKind.TW_PERMIT, "12345678"),
    )
    assert digest_of(passport, KEY) != digest_of(permit, KEY)


@given(numbers())
def test_a_mask_hides_birth_and_order(number: str) -> None:
    masked = read(ID, number).masked
    assert masked == number[:6] + "********" + number[-4:]
    assert number not in repr(read(ID, number))


def test_a_digest_needs_its_key() -> None:
    with pytest.raises(ValueError, match="JIXU_MATCH_KEY"):
        text_digest("anything", b"")
    assert text_digest("anything", KEY) != text_digest("anything", b"x" * 32)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提", True),
        ("覃 小明", "覃小明", True),
        ("Ａnna Smith", "anna smith", True),
        ("覃小明", "覃小名", False),
    ],
)
def test_names_are_compared_as_people_mean_them(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
