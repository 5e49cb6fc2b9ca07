"""证书编号: the year, ten random characters and a check character (Crockford's base 32)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
RANDOM = 10
_READ_AS = str.maketrans("OILoil", "011011")


def new(year: int) -> str:
    """A number that nobody can guess; whether it is new is made sure of under the lock."""
    body = f"{year:04d}" + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + check(body)


def check(body: str) -> str:
    """The check character: catches every single wrong character and swapped neighbours."""
    value = 0
    for character in body:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    return CHECKS[value % len(CHECKS)]


def read(typed: str) -> str | None:
    """The number as somebody typed it from paper; None when it can't be one."""
    plain = "".join(typed.split()).replace("-", "").translate(_READ_AS).upper()
    body, last = plain[:-1], plain[-1:]
    if len(body) != len("2024") + RANDOM or not set(body) <= set(ALPHABET):
        return None
    return plain if body[:4].isdigit() and check(body) == last else None
