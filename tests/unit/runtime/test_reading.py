"""What people type into a search is found as they typed it, whatever it means to LIKE."""

import pytest

from libs.runtime.reading import containing


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("张三", "%张三%"), ("100%", r"%100\%%"), ("a_b", r"%a\_b%"), ("c\\d", r"%c\\d%")],
)
def test_a_text_is_looked_for_as_it_stands(typed: str, asked: str) -> None:
    assert containing(typed) == asked
