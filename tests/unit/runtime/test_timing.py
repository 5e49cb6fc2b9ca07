"""What need not be looked at each time."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from libs.runtime.timing import Seldom, Task

NOW = datetime(2024, 5, 6, tzinfo=UTC)
NOBODY = cast("Any", None)


async def test_it_is_looked_at_again_when_its_seconds_have_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, found = [0.0, 0.1, 1.9, 2.0, 2.1, 4.1], [Task(NOBODY)]

    async def due(*_: object) -> list[Task]:
        return found

    seldom = Seldom(due, 2.0)
    with monkeypatch.context() as patch:
        patch.setattr("libs.runtime.pace.time", SimpleNamespace(monotonic=lambda: clock.pop(0)))
        looks = [await seldom(NOBODY, NOW, 0) for _ in range(6)]
    assert looks == [found, (), (), found, (), found]
