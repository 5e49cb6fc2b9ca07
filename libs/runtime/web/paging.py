"""Lists in pages: an opaque cursor says where the next one begins."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.runtime import refusals

R = TypeVar("R")
T = TypeVar("T")

MOST_A_PAGE = 200


class Page(BaseModel, Generic[T]):
    """Some of a list, and where the next page begins."""

    items: list[T]
    next: str | None = Field(None, description="Give it as `cursor` for the next page; null: end")


def page(
    rows: Sequence[R], limit: int, shown: Callable[[R], T], key: Callable[[R], Sequence[Any]]
) -> Page[T]:
    """The page that these rows make: one row more than `limit` was asked for, and where there is
    one another page follows. `key`: by what of a row the list is sorted."""
    some = rows[:limit]
    more = encode(key(some[-1])) if len(rows) > limit else None
    return Page(items=[shown(row) for row in some], next=more)


def by_version(row: Mapping[str, Any]) -> Sequence[Any]:
    """A list in the order of the last event about each."""
    return [row["version"]]


def encode(key: Sequence[Any]) -> str:
    """The sort key of the last item as an opaque cursor."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(list(key))).decode().rstrip("=")


def decode(cursor: str, shape: type[T]) -> T:
    """The sort key in a cursor, of this tuple's shape. Refused: CURSOR_INVALID."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key: Any = msgspec.msgpack.decode(raw, type=shape)
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        raise Refused(refusals.CURSOR_INVALID) from None
    if not all(_holds(part) for part in key):
        raise Refused(refusals.CURSOR_INVALID)
    found: T = key
    return found


def _holds(part: Any) -> bool:
    """Whether a query can hold it: no NUL, no number beyond 63 bits, none below 0."""
    if isinstance(part, int):
        return not part >> 63
    return not (isinstance(part, str) and "\x00" in part)
