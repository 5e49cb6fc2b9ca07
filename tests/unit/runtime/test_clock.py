"""The one clock: real time plus an offset that is fixed once and only moves forward."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.runtime import clock
from libs.runtime.clock import Clock

STARTS = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
SOON = timedelta(seconds=30)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file beside the province."""
    return tmp_path / "clock.json"


def later(file: Path) -> datetime:
    """What a process sees that starts now."""
    return Clock(file).now()


def test_without_a_file_it_is_the_real_time() -> None:
    before, now = datetime.now(UTC), Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_it_starts_where_it_is_told_to(file: Path) -> None:
    clock.start(file, STARTS)
    assert STARTS <= later(file) < STARTS + SOON


def test_it_is_fixed_once_and_a_restart_goes_on(file: Path) -> None:
    clock.start(file, STARTS)
    clock.move_to(file, STARTS + timedelta(days=3))
    clock.start(file, STARTS)
    assert later(file) >= STARTS + timedelta(days=3)


def test_it_is_moved_forward_and_never_back(file: Path) -> None:
    clock.start(file, STARTS)
    clock.move_to(file, STARTS + timedelta(days=100))
    with pytest.raises(ValueError, match="never goes back"):
        clock.move_to(file, STARTS + timedelta(days=99))
    assert later(file) >= STARTS + timedelta(days=100)


@given(moves=st.lists(st.integers(-1_000_000, 1_000_000), max_size=8))
def test_whatever_is_tried_time_only_grows(
    tmp_path_factory: pytest.TempPathFactory, moves: list[int]
) -> None:
    file = tmp_path_factory.mktemp("clock") / "clock.json"
    clock.start(file, STARTS)
    seen = later(file)
    for seconds in moves:
        wanted = seen + timedelta(seconds=seconds)
        try:
            clock.move_to(file, wanted)
        except ValueError:
            assert wanted < later(file)
        assert later(file) >= seen
        seen = later(file)


def test_a_running_process_sees_a_move_within_a_second(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    hand = SimpleNamespace(monotonic=lambda: seconds[0])
    monkeypatch.setattr("libs.runtime.clock.time", hand)
    clock.start(file, STARTS)
    running = Clock(file)
    assert running.now() < STARTS + SOON
    clock.move_to(file, STARTS + timedelta(days=1))
    assert running.now() < STARTS + SOON, "the file is not read at each look"
    seconds[0] += 1.0
    assert running.now() >= STARTS + timedelta(days=1)
