"""The checker finds what is wrong: a log of each kind of wrong, written by hand."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.faults.checker import Heard, Said, check, compare

PERSON, OTHER = str(uuid4()), str(uuid4())
NUMBER = "20240000000000X"


def joined(entry: str, category: str = "professional.training") -> Said:
    """学时认定."""
    return ("hours.HoursRecognised", {"entry_id": entry, "category": category})


def left(entry: str, person: str = PERSON, year: int = 2024) -> Said:
    """学时撤销."""
    return ("hours.HoursRevoked", {"entry_id": entry, "person_id": person, "year": year})


def issued(id_: str = "one", number: str = NUMBER, **more: Any) -> Said:
    """生成证书."""
    said = {
        "certificate_id": id_,
        "number": number,
        "kind": "annual",
        "person_id": PERSON,
        "year": 2024,
        "entries": ["a", "b"],
        "gone": [],
    }
    return ("certificates.CertificateIssued", said | more)


def revoked(id_: str = "one") -> Said:
    """证书失效."""
    return ("certificates.CertificateRevoked", {"certificate_id": id_})


LEDGER = [joined("a"), joined("b"), joined("c"), joined("exam", "public.required")]

RIGHT: dict[str, tuple[list[Said], list[Said]]] = {
    "it stands": ([issued()], LEDGER),
    "it fell with what it rested on": ([issued(), revoked()], [*LEDGER, left("a")]),
    "what had left before it was issued": ([issued(gone=["c"])], [*LEDGER, left("c")]),
    "somebody else's entry left": ([issued()], [*LEDGER, left("c", OTHER)]),
    "another year's entry left": ([issued()], [*LEDGER, left("c", year=2023)]),
    "another subject's entry left": (
        [issued(kind="public", entries=["exam"])],
        [*LEDGER, left("c")],
    ),
    "exchanged": ([issued(), revoked(), issued("two", "20240000000001X")], LEDGER),
}
WRONG: dict[str, tuple[list[Said], list[Said], str]] = {
    "what it rests on has left": ([issued()], [*LEDGER, left("a")], "which has left"),
    "another entry of the year left": (
        [issued()],
        [*LEDGER, left("c")],
        "is valid though c left after it was issued",
    ),
    "it rests on nothing": ([issued(entries=["d"])], LEDGER, "which never joined"),
    "a number twice": ([issued(), revoked(), issued("two")], LEDGER, "number twice"),
    "two are valid": ([issued(), issued("two", "20240000000001X")], LEDGER, "valid twice"),
    "revoked and never issued": ([revoked("three")], LEDGER, "never issued"),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_passes(case: str) -> None:
    certificates, hours = RIGHT[case]
    assert check(certificates, hours).wrong == ()


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found(case: str) -> None:
    certificates, hours, reason = WRONG[case]
    wrong = check(certificates, hours).wrong
    assert any(reason in one for one in wrong), wrong


ONE, TWO, THREE = (uuid4() for _ in range(3))
A, B = UUID(PERSON), UUID(OTHER)
LOG: list[Heard] = [(1, ONE, A), (2, TWO, A), (3, THREE, B)]
FOLLOWED: dict[str, tuple[list[Heard], list[Heard], str]] = {
    "one was lost": (LOG, LOG[:2], "was lost"),
    "one was doubled": (LOG, [*LOG, LOG[0]], "was kept twice"),
    "one was never said": (LOG[:2], LOG, "was never said"),
    "one of a key overtook": (LOG, [LOG[1], LOG[0], LOG[2]], "1 of"),
    "the log has a gap": ([LOG[0], LOG[2]], [LOG[0], LOG[2]], "position 3 stands at 2"),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_what_is_wrong_with_a_follower_is_found(case: str) -> None:
    said, kept, reason = FOLLOWED[case]
    wrong = compare("hours.events", said, kept)
    assert any(reason in one for one in wrong), wrong


def test_keys_may_come_in_any_order_among_each_other() -> None:
    assert compare("hours.events", LOG, [LOG[2], LOG[0], LOG[1]]) == []
