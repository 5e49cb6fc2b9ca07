"""Text that people write, as far as it can be kept: no control characters, no lone surrogates."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("control characters can't be kept")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_printable)]
"""Free text; the field that uses it says how long it may be."""
