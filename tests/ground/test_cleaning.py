"""`make clean` and the words that cost time, as a newcomer types them in a checkout of their own.

With a Python that has nothing but its standard library: there is no .venv yet, or not any more.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
