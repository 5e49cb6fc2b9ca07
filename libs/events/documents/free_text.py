"""Free text must not carry people's numbers (个人信息): is there one in it?"""

import re
import unicodedata

from libs.events.documents import citizen

_JOINED = re.compile(r"(?<=[0-9])[\s-](?=[0-9Xx])")
_CITIZEN = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9Xx])")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86)?1[3-9][0-9]{9}(?![0-9])")


def has_personal_number(text: str) -> bool:
    """Whether a valid citizen's number or a mobile number stands in this text."""
    plain = _JOINED.sub("", unicodedata.normalize("NFKC", text))
    return bool(_MOBILE.search(plain)) or any(
        _is_citizen(found[0].upper()) for found in _CITIZEN.finditer(plain)
    )


def _is_citizen(number: str) -> bool:
    full = citizen.in_full(number)
    return citizen.birth(full) is not None and citizen.checks(full)
