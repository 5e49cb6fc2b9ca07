"""What is wrong with a pack, or what it doesn't say."""

from collections.abc import Iterable
from typing import Self

from pydantic import ValidationError


class PackRefused(ValueError):
    """This document is no pack: every reason, each with the place in it."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))

    @classmethod
    def by_shape(cls, error: ValidationError) -> Self:
        """Unknown words, missing figures, values of another kind."""
        return cls(
            f"{'.'.join(map(str, one['loc'])) or 'pack'}: {_SAID.get(one['type'], one['msg'])}"
            for one in error.errors(include_url=False)
        )


_SAID = {
    "extra_forbidden": "unknown word",
    "missing": "missing",
}


class Silent(LookupError):
    """The pack says nothing of this: a person decides, or another pack does."""

    def __init__(self, pack: str, about: str) -> None:
        super().__init__(f"{pack} says nothing of {about}")
        self.pack = pack
        self.about = about
