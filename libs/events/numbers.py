"""Numbers of people in free text: found, so that they are refused and never kept."""

import re
import unicodedata

from libs.decider import Rule
from libs.decider.refusals import PERSONAL_NUMBER

_RUN = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])(?:(?:00)?86|0)?1[3-9][0-9]{9}(?![0-9])")
_BETWEEN = re.compile(r"(?<=[0-9])[\s\-./_·、,()]{1,2}(?=[0-9Xx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_digit(first_seventeen: str) -> str:
    """校验码: the last character of an 18-digit number, ISO 7064 MOD 11-2."""
    total = sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def has_personal_number(text: str) -> bool:
    """Whether the text holds a valid 居民身份证 number or a mobile number, however it is spaced."""
    plain = _BETWEEN.sub("", "".join(map(_plain, unicodedata.normalize("NFKC", text))))
    if _MOBILE.search(plain):
        return True
    return any(check_digit(run[:17]) == run[17].upper() for run in _RUN.findall(plain))


def _plain(character: str) -> str:
    """Digits of every script as ours; what has no width as nothing."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character


def names_somebody(text: str, field: str) -> Rule | None:
    """The refusal of a text in which such a number stands, at its field."""
    return PERSONAL_NUMBER.on(field) if has_personal_number(text) else None
