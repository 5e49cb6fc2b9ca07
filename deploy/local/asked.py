"""Numbers that a person gives in the environment, read before anything is started."""

import os

from deploy.local.troubles import NO_DAYS, Trouble


def number(name: str, usual: int, least: int, most: int) -> int:
    """What this variable says, or the usual. Trouble where it is no whole number in between."""
    said = os.environ.get(name, "").strip() or str(usual)
    if not (said.isascii() and said.isdigit() and least <= int(said) <= most):
        raise Trouble(f"{name}={said}: not a whole number from {least} to {most}.")
    return int(said)


def people() -> int:
    """SCALE people in the sample province, or the usual number; a class has 200 of them."""
    return number("SCALE", 2000, 202, 200_000)


def port() -> int:
    """PORT of the province that is kept up."""
    return number("PORT", 8700, 1, 65535)


def days() -> int:
    """DAYS that go by. Trouble: nobody said how many."""
    if not os.environ.get("DAYS", "").strip():
        raise Trouble(NO_DAYS)
    return number("DAYS", 1, 1, 366)


_WITH = {"demo": (people,), "docker-check": (people,), "run": (people, port), "later": (days,)}


def before(words: list[str]) -> None:
    """Look at what is said with these words of `make`, before anything is fetched for them."""
    for word in words:
        for asked in _WITH.get(word, ()):
            asked()
