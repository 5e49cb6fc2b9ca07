"""证书编号: the year, ten random characters and a check character, all of digits and letters.

The 32 characters are read as the elements of GF(32), by the polynomial x^5 + x^2 + 1. A number
is right when its characters, each times a power of x, add up to nothing: the powers differ for
as many as 31 places, so that one wrong character, and any two that changed places, are noticed.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which read as others
RANDOM = 10
EXAMPLE = "2024Q7K9M2X4TBB"
_POLYNOMIAL = 0b100101
_READ_AS = str.maketrans("OIL", "011")
_LEFT_OUT = ("Zs", "Cc", "Cf", "Pd")  # spaces, line ends, marks without width, every dash


def new(year: int) -> str:
    """A number that nobody can guess; whether it is new is made sure of under the lock."""
    body = f"{year:04d}" + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + check(body)


def check(body: str) -> str:
    """The check character: of the same 32, so that a number is printed, typed and said alike."""
    value = 0
    for character in body:
        value = _times_x(value ^ ALPHABET.index(character))
    return ALPHABET[value]


def read(typed: str) -> str | None:
    """The number as somebody typed it from paper; None when it can't be one.

    Full width or half, lower case, spaces and dashes between, I, L and O for 1, 1 and 0.
    """
    folded = unicodedata.normalize("NFKC", typed)
    kept = "".join(c for c in folded if unicodedata.category(c) not in _LEFT_OUT)
    plain = kept.upper().translate(_READ_AS)
    body, last = plain[:-1], plain[-1:]
    if len(body) != len("2024") + RANDOM or not set(body) <= set(ALPHABET):
        return None
    return plain if body[:4].isdigit() and check(body) == last else None


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled >= len(ALPHABET) else doubled
