"""Keyed digests (带密钥的摘要): how a number is found again without being kept.

HMAC-SHA256 under the match key that identity, filing and hours share by configuration.
"""

import hmac
import re
import unicodedata

from libs.events.documents.kinds import Document
from libs.events.values import Digest

_BETWEEN = re.compile(r"[\s·•・.．\u200b-\u200f\ufeff]+")

LONGEST_NAME = 50
"""Characters of a person's name (姓名), wherever one is taken."""


def digest_of(document: Document, key: bytes) -> Digest:
    """The digest that this document is matched by."""
    return text_digest(document.words, key)


def text_digest(text: str, key: bytes) -> Digest:
    """The keyed digest of any text. ValueError without a key."""
    if not key:
        raise ValueError(
            "the key is not set: 32 bytes in hexadecimal (JIXU_MATCH_KEY, JIXU_..._TEXT_KEY)"
        )
    return hmac.digest(key, text.encode(), "sha256").hex()


def plain_name(name: str) -> str:
    """A name as it is compared: no spaces, no dots between its parts, no case, one width."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether these are one name, however it was typed."""
    return plain_name(one) == plain_name(other)
