"""The citizen's number (公民身份号码, GB 11643): 17 digits and a check character, or the old 15."""

from datetime import date

_OLD = 15
_FULL = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_digit(first_seventeen: str) -> str:
    """校验码: the last character of an 18-digit number, ISO 7064 MOD 11-2."""
    total = sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def in_full(number: str) -> str:
    """An old number of 15 digits as the 18 that the same person has today."""
    if len(number) == _OLD and number.isdigit() and number.isascii():
        first = f"{number[:6]}19{number[6:]}"
        return first + check_digit(first)
    return number


def has_shape(number: str) -> bool:
    """17 digits and a digit or X."""
    return (
        len(number) == _FULL
        and number.isascii()
        and number[:-1].isdigit()
        and (number[-1].isdigit() or number[-1] == "X")
    )


def birth(number: str) -> date | None:
    """The birth date in a full number; None when there is no such day."""
    try:
        found = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return found if found.year >= 1900 else None


def checks(number: str) -> bool:
    """Whether the last character is the right one."""
    return check_digit(number[:-1]) == number[-1]
