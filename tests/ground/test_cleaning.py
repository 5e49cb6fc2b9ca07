"""`make clean` and the words that cost time, as a newcomer types them in a checkout of their own.

With a Python that has nothing but its standard library: there is no .venv yet, or not any more.
"""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.folders import held
from deploy.local.layout import ROOT

PYTHON = Path(sys.executable).resolve()  # the one that .venv was made from


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy/local", tmp_path / "deploy/local")
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def make(checkout: Path, *words: str) -> tuple[int, str]:
    """The exit code, and what stands on both outputs."""
    ran = subprocess.run(
        ["make", f"PYTHON={PYTHON} -S", *words],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def made(checkout: Path) -> list[str]:
    """What of all that is fetched and kept is there."""
    names = (".venv", ".local", "out", "jixu.egg-info")
    return [name for name in names if (checkout / name).exists()]


def test_everything_goes_also_what_is_broken_or_missing(checkout: Path) -> None:
    assert make(checkout, "clean")[0] == 0
    (checkout / ".local/province").mkdir(parents=True)
    (checkout / ".local/province/in-use").touch()  # of a province that was up once
    (checkout / ".local/setup.lock").touch()
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to("/nowhere")
    for name in ("out", "jixu.egg-info"):
        (checkout / name).mkdir()
    assert make(checkout, "clean")[0] == 0
    assert made(checkout) == []
    for name in (".local", ".venv", "out"):
        (checkout / name).write_text("no folder")
    assert make(checkout, "clean")[0] == 0
    assert made(checkout) == []


def test_nothing_goes_while_a_province_is_up(checkout: Path) -> None:
    with held(checkout / ".local/province") as province:
        starting, said = make(checkout, "clean")
        assert (starting != 0, "The province is up, and" in said) == (True, True), said
        (province / "address").write_text("http://127.0.0.1:8700")
        code, said = make(checkout, "clean")
        assert code != 0
        assert "The province is up at http://127.0.0.1:8700" in said
        assert "stop it first, with Ctrl-C where it runs" in said
        assert made(checkout) == [".local"]
    assert make(checkout, "clean")[0] == 0
    assert made(checkout) == []


def test_nothing_goes_while_a_demo_or_tests_are_at_work(checkout: Path) -> None:
    with held(checkout / ".local/demo-1") as folder:
        code, said = make(checkout, "clean")
    assert code != 0
    assert f"{folder} is in use by a demo, a test or another run" in said
    assert made(checkout) == [".local"]


def test_nothing_goes_while_a_set_up_is_at_work(checkout: Path) -> None:
    (checkout / ".local").mkdir()
    with (checkout / ".local/setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, said = make(checkout, "clean")
    assert (code != 0, "A set-up is at work" in said) == (True, True)
    assert made(checkout) == [".local"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("demo", "SCALE=abc"), "SCALE=abc: not a whole number from 202 to 200000."),
        (("run", "SCALE=abc"), "SCALE=abc: not a whole number"),
        (("run", "PORT=99999"), "PORT=99999: not a whole number from 1 to 65535."),
        (("later", "DAYS=abc"), "DAYS=abc: not a whole number from 1 to 366."),
        (("later",), "Say how many days go by"),
        (("docker-check", "SCALE=1"), "SCALE=1: not a whole number"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_is_fetched(
    checkout: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, said = make(checkout, *words)
    assert (code != 0, sentence in said) == (True, True), said
    assert made(checkout) == []
