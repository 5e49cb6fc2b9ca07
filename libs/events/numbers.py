"""Numbers of people in free text: found, so that they are refused and never kept.

A number is sought as people write it: whole groups of digits, parted by up to three characters
that are neither letters nor digits. Groups are joined but never divided, so that what stands
beside a number neither hides it nor makes one with it. See decisions/0042.
"""

import re
import unicodedata
from collections.abc import Iterator

from libs.decider import Rule
from libs.decider.refusals import PERSONAL_NUMBER
from libs.events.documents import DocumentKind, WrongDocument, read

_GAP = r"[\W_]{1,3}"
_UUID = re.compile(r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b")  # a machine's
_BEGINS, _ENDS = "(?<![0-9])", "(?![0-9])"


def _groups(*sizes: int, gap: str = _GAP) -> str:
    """Groups of so many digits, however they are parted."""
    return gap.join(f"[0-9]{{{size}}}" for size in sizes)


def _alike(*sizes: int) -> str:
    """The same, parted alike: not 1400-1530 101, which is a time and a room."""
    return f"(?=[0-9]+(?P<gap>{_GAP})[0-9])" + _groups(*sizes, gap="(?P=gap)")


_MOBILES = tuple(
    re.compile(rf"{_BEGINS}(?:(?:00)?86|0)?(?=1(?:{_GAP})?[3-9])(?:{layout}){_ENDS}")
    for layout in (
        _groups(11),
        _groups(3, 4, 4),
        _groups(3, 8),
        _groups(7, 4),
        _groups(5, 6),
        _groups(*[1] * 11),
        _alike(4, 4, 3),
        _alike(4, 3, 4),
        _alike(3, 3, 5),
        _alike(5, 3, 3),
        _alike(3, 3, 3, 2),
    )
)
_MAY = f"(?:{_GAP})?"
_LAST = rf"{_MAY}(?:[0-9]{_ENDS}|[Xx])"
_REGION = f"(?:[0-9]{{6}}|{_groups(3, 3)}|{_groups(2, 2, 2)})"
_FIELDS = _MAY.join((_REGION, "[0-9]{4}", "[0-9]{2}", "[0-9]{2}", "[0-9]{3}"))
_EVENLY = (_groups(*[size] * (17 // size), *[17 % size] * (17 % size > 0)) for size in range(1, 10))
_FULL = (
    re.compile("(?=([0-9]{17}[0-9Xx]))"),  # also inside a longer row of digits
    *(re.compile(f"{_BEGINS}(?=({layout}{_LAST}))") for layout in (_FIELDS, *_EVENLY)),
)
_OLD = tuple(
    re.compile(f"{_BEGINS}(?=({layout}){_ENDS})")
    for layout in (_groups(15), _groups(6, 6, 3), _groups(*[1] * 15))
)
_FEWEST = 11  # digits, of a mobile number
_CENTURIES = ("19", "20")
_EARLIEST_OLD = 30  # these went out in 1999; smaller years are days of activities, from 2000 on
_CITIZENS = (DocumentKind.RESIDENT_ID, DocumentKind.FOREIGN_RESIDENCE)


def has_personal_number(text: str) -> bool:
    """Whether the text holds a valid number of an identity card, or a mobile number."""
    said = unicodedata.normalize("NFKC", text)
    if sum(map(str.isdecimal, said)) < _FEWEST:
        return False
    plain = _UUID.sub("id", "".join(map(_plain, said)))
    if any(mobile.search(plain) for mobile in _MOBILES):
        return True
    return any(map(_is_citizens, _candidates(plain)))


def _candidates(plain: str) -> Iterator[str]:
    """What is as long as a number of an identity card, with a year of birth where it has one."""
    full = (number for shape in _FULL for number in _joined(shape, plain))
    yield from (number for number in full if number[6:8] in _CENTURIES)
    old = (number for shape in _OLD for number in _joined(shape, plain))
    yield from (number for number in old if int(number[6:8]) >= _EARLIEST_OLD)


def _joined(shape: re.Pattern[str], plain: str) -> Iterator[str]:
    """What has this shape, without what parts its groups."""
    return (re.sub(r"[\W_]", "", found[1]) for found in shape.finditer(plain))


def _is_citizens(number: str) -> bool:
    """Its region, birth date and check digit are right."""
    for kind in _CITIZENS:
        try:
            read(kind, number)
        except WrongDocument:
            continue
        return True
    return False


def _plain(character: str) -> str:
    """Digits of every script as ours; what has no width as nothing."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character


def names_somebody(text: str, field: str) -> Rule | None:
    """The refusal of a text in which such a number stands, at its field."""
    return PERSONAL_NUMBER.on(field) if has_personal_number(text) else None
