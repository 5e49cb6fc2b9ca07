"""Synthetic people and units: valid by their check digits, and nobody's."""

import itertools
from datetime import date, timedelta

from libs.events.documents.citizen import check_digit
from services.identity.unit_code import check_character

PASSWORD = "Jixu-2024-jiaoyu"  # noqa: S105 - of the sample province alone

_numbers, _codes = itertools.count(), itertools.count(1)
_BORN = date(1975, 1, 1)


def id_number() -> str:
    """The next number, of somebody born some day after 1975 in a district that never was."""
    n = next(_numbers)
    first = f"450199{_BORN + timedelta(days=n // 900):%Y%m%d}{n % 900 + 100:03d}"
    return first + check_digit(first)


def unit_code() -> str:
    """The next 统一社会信用代码."""
    first = f"12450199{next(_codes):09d}"
    return first + check_character(first)
