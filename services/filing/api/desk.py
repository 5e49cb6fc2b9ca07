"""What requests about filings have at hand beside the desk: keys, files, the press, limits."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from libs.events.documents import text_digest
from libs.runtime.documents.paper import Press
from libs.runtime.web.click import desk_of
from services.filing.settings import FilingSettings

FILING = "/filings/{filing_id}"
FilingId = Annotated[UUID, Path(description="备案编号")]


class Keys:
    """The keys of digests: of texts, and of people's numbers (the match key)."""

    def __init__(self, texts: bytes, numbers: bytes) -> None:
        self._texts = texts
        self.numbers = numbers

    def of(self, text: str) -> str:
        """The keyed digest of a text."""
        return text_digest(text, self._texts)


async def _keys(request: Request) -> Keys:
    keys: Keys = desk_of(request).part("keys")
    return keys


async def _press(request: Request) -> Press:
    press: Press = desk_of(request).part("press")
    return press


async def _limits(request: Request) -> FilingSettings:
    limits: FilingSettings = desk_of(request).part("limits")
    return limits


WithKeys = Annotated[Keys, Depends(_keys)]
WithPress = Annotated[Press, Depends(_press)]
WithLimits = Annotated[FilingSettings, Depends(_limits)]
