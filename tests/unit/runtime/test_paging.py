"""Cursors: what we gave comes back, anything else is refused and breaks nothing."""

import base64
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.decider import Refused
from libs.runtime import refusals
from libs.runtime.web import paging


class Shape(NamedTuple):
    """The sort key of a list."""

    position: int
    name: str
    id: UUID
    at: datetime


keys = st.builds(
    Shape,
    st.integers(0, (1 << 63) - 1),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    st.uuids(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(keys)
def test_a_cursor_comes_back(key: Shape) -> None:
    cursor = paging.encode(key)
    assert paging.decode(cursor, Shape) == key
    assert cursor.replace("-", "").replace("_", "").isalnum(), "fit for a URL as it is"


def refused(cursor: str) -> None:
    """It is no cursor of ours."""
    with pytest.raises(Refused) as refusal:
        paging.decode(cursor, Shape)
    assert refusal.value.rule is refusals.CURSOR_INVALID


@given(st.text())
def test_any_text_that_people_send_is_refused(text: str) -> None:
    refused(text)


@given(st.binary())
def test_any_bytes_are_refused(raw: bytes) -> None:
    refused(base64.urlsafe_b64encode(raw).decode().rstrip("="))


@pytest.mark.parametrize(
    "key",
    [
        (),
        (1, "a", str(UUID(int=1))),
        (1, "a", str(UUID(int=1)), "2024-12-20T00:00:00Z", 5),
        ("1", "a", str(UUID(int=1)), "2024-12-20T00:00:00Z"),
        (1, "a", "not an id", "2024-12-20T00:00:00Z"),
        (1, "a\x00b", str(UUID(int=1)), "2024-12-20T00:00:00Z"),
    ],
)
def test_another_lists_cursor_is_refused(key: tuple[object, ...]) -> None:
    refused(base64.urlsafe_b64encode(msgspec.msgpack.encode(key)).decode().rstrip("="))


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_half_a_cursor_is_refused(cut: int) -> None:
    refused(paging.encode((1, "a", UUID(int=1), datetime(2024, 1, 1, tzinfo=UTC)))[:-cut])


def test_a_full_page_promises_another_only_where_there_is_a_row_more() -> None:
    rows = [{"version": n} for n in (3, 2, 1)]
    whole = paging.page(rows, 3, lambda row: row["version"], paging.by_version)
    assert (whole.items, whole.next) == ([3, 2, 1], None)
    part = paging.page(rows, 2, lambda row: row["version"], paging.by_version)
    assert (part.items, part.next) == ([3, 2], paging.encode([2]))
