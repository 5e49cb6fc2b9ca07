"""Where a process listens, and where it refuses to."""

from pathlib import Path

import httpx
import pytest
from prometheus_client import Counter

from deploy.local.ports import free_port
from libs.runtime.composition import Composition
from libs.runtime.serving import app_of, may_listen, tell_metrics
from libs.runtime.settings import Settings
from tests.component import tally

SEEN = Counter("jixu_test_seen", "Something that a worker counts")


@pytest.mark.parametrize(
    ("host", "simulated", "may"),
    [
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("localhost", True, True),
        ("0.0.0.0", True, False),
        ("10.0.0.1", True, False),
        ("example.org", True, False),
        ("0.0.0.0", False, True),
    ],
)
def test_a_simulated_clock_stays_on_loopback(host: str, simulated: bool, may: bool) -> None:
    assert may_listen(host, simulated) is may


def test_a_worker_tells_its_metrics_where_it_is_told_to() -> None:
    SEEN.inc(3)
    port = free_port()
    tell_metrics(Settings(metrics_port=port))
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics")
    assert "jixu_test_seen_total 3.0" in answer.text


def test_a_worker_on_a_simulated_clock_tells_them_on_loopback_alone(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="refusing to listen"):
        tell_metrics(Settings(metrics_port=free_port(), host="0.0.0.0", clock=tmp_path / "clock"))


def test_without_keys_for_tokens_it_says_so_and_does_not_start() -> None:
    with pytest.raises(SystemExit, match="JIXU_TOKEN_KEYS: not set"):
        app_of(Composition(tally.SERVICE, "Tally", ""), Settings())
