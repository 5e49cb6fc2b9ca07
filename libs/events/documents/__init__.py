"""Identity documents (身份证件): reading, checking, masking their numbers, a kind its own way.

A number is personal: it is kept in identity's vault alone, and known elsewhere by its keyed
digest. Whoever reads a sheet or a form digests the number in memory and drops it.
"""

from libs.events.documents.kinds import (
    BY_TERM,
    Document,
    DocumentKind,
    Problem,
    WrongDocument,
    read,
)
from libs.events.documents.matching import LONGEST_NAME, digest_of, same_name, text_digest

__all__ = [
    "BY_TERM",
    "LONGEST_NAME",
    "Document",
    "DocumentKind",
    "Problem",
    "WrongDocument",
    "digest_of",
    "read",
    "same_name",
    "text_digest",
]
