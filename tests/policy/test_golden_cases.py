"""Every golden case, one by one."""

import pytest

from tests.policy.golden import Row, rows


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row.pack}: {row.name}")
def test_it_comes_out_as_told(row: Row) -> None:
    assert row.got == row.expected
