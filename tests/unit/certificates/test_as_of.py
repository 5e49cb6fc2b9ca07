"""What a verification tells is never older than the fall that it tells."""

from datetime import UTC, datetime, timedelta

import pytest

from services.certificates.queries import told_as_of

HEARD = datetime(2024, 12, 20, 1, 5, 21, 500_000, tzinfo=UTC)
LATER, EARLIER = HEARD + timedelta(seconds=1), HEARD - timedelta(days=1)


@pytest.mark.parametrize(
    ("heard", "fell", "told"),
    [
        (HEARD, None, HEARD),
        (HEARD, LATER, LATER),
        (HEARD, EARLIER, HEARD),
        (None, LATER, LATER),
        (None, None, None),
    ],
)
def test_it_is_of_the_fall_or_of_what_was_heard_since(
    heard: datetime | None, fell: datetime | None, told: datetime | None
) -> None:
    assert told_as_of(heard, fell) == told
