"""The directory (人员名录): the current row of every person, for showing and for matching.

The compacted topic `identity.directory`. A row carries its stamp, the position of identity's
log as of which it is true; a record without a value is a tombstone with its stamp. Never for
authorisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from libs.events.registry import Malformed
from libs.events.text import Text
from libs.events.values import Digest

Header = tuple[str, bytes]


class DirectoryRow(BaseModel):
    """What others may show of a person, and match by."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Text
    masked: Text  # 450102********123X
    digest: Digest  # of the number, under the match key
    unit_id: UUID | None = None
    department_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A person's row as of a position of identity's log; none: erased."""

    person_id: UUID
    log_id: UUID
    stamp: int
    row: DirectoryRow | None

    @property
    def key(self) -> bytes:
        """The record's key."""
        return str(self.person_id).encode()

    @property
    def value(self) -> bytes | None:
        """The record's value; none is a tombstone."""
        return self.row.model_dump_json().encode() if self.row else None

    @property
    def headers(self) -> list[Header]:
        """The stamp stands in headers, so that a tombstone has one too."""
        return [
            ("jixu_logid", str(self.log_id).encode()),
            ("jixu_stamp", str(self.stamp).encode()),
        ]


def read(key: bytes, value: bytes | None, headers: Iterable[Header]) -> Entry:
    """The entry in a record. Malformed."""
    said = dict(headers)
    try:
        entry = Entry(
            person_id=UUID(key.decode()),
            log_id=UUID(said["jixu_logid"].decode()),
            stamp=int(said["jixu_stamp"]),
            row=None if value is None else DirectoryRow.model_validate_json(value),
        )
        if not 0 < entry.stamp < 1 << 63:
            raise ValueError("a stamp out of range")
    except ValidationError:
        raise Malformed("directory: not a row") from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # a null header is one
        raise Malformed(f"directory: {type(error).__name__}") from None
    return entry
