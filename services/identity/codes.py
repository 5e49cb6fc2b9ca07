"""One-time codes (激活码, 手机验证码): derived from their id, so that none is stored anywhere.

Who may see the code is asked each time; who has the database alone can't make it.
"""

import hmac
from uuid import UUID

from libs.events.identity import Way

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread on paper
_LONG = 12
_DIGITS = 6


class Codes:
    """Makes and compares codes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, activation_id: UUID, way: Way) -> str:
        """The code: XXXX-XXXX-XXXX to hand over, six digits to a mobile."""
        number = int.from_bytes(
            hmac.digest(self._key, activation_id.bytes + way.encode(), "sha256")
        )
        if way is Way.MOBILE:
            return f"{number % 10**_DIGITS:0{_DIGITS}d}"
        letters = []
        for _ in range(_LONG):
            number, rest = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[rest])
        text = "".join(letters)
        return f"{text[:4]}-{text[4:8]}-{text[8:]}"

    def good(self, activation_id: UUID, way: Way, said: str) -> bool:
        """Whether this is the code, however it was typed."""
        return hmac.compare_digest(_plain(self.of(activation_id, way)), _plain(said))


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").upper().encode()
