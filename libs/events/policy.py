"""What happens to policy packs (政策包). Everyone judges by the version published."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from libs.events.event import Event
from libs.events.values import Digest, PackId


class _PackEvent(Event):
    subject: ClassVar[str] = "pack_key"
    about: ClassVar[str] = "pack_key"

    pack_key: UUID  # the pack's id as a UUID (version 5), for the partition
    pack: PackId


class PackProposed(_PackEvent):
    """政策草案提交: an author asks for a second person's approval of this content."""

    pack_version: int
    content: str
    digest: Digest
    author_id: UUID


class PackPublished(_PackEvent):
    """政策发布: this content is the law of its jurisdiction and year, on this platform."""

    pack_version: int
    jurisdiction: str
    year: int
    content: str
    digest: Digest
    author_id: UUID
    approver_id: UUID


class WindowExtended(_PackEvent):
    """延长时限: a window of the pack ends later, for everybody or for one unit, with a reason.

    The reason is a text of somebody's: it stands in policy's private table.
    """

    part: ClassVar[str] = "reason_id"

    window: str  # a word of the pack, such as hours.audit
    until: date  # the last day, in China's calendar
    unit_id: UUID | None = None
    reason_id: UUID
