"""Whoever types a wrong word is told in a sentence, with an exit code; nobody reads a trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.asked import number
from deploy.local.story.sample import ROSTER
from deploy.local.troubles import Trouble
from deploy.local.welcome import line, loaded, today
from deploy.render import env
from libs.events.envelope import Role
from libs.events.roles import EVERYBODY, OFFICIAL, ordered
from libs.runtime.clock import Clock

ROOT = Path(__file__).parents[2]
NOWHERE = {"JIXU_DATABASE": "host=127.0.0.1 port=1 user=nobody connect_timeout=1"}


def typed(*words: str, folder: Path = ROOT, **told: str) -> tuple[int, str]:
    """The exit code, and what stands on both outputs, of `python -m` these words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIXU_")}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **told},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "told", "code", "sentence"),
    [
        (("hours", "fly"), NOWHERE, 2, "no such role: fly"),
        (("hours", "web,fly"), NOWHERE, 2, "no such role: fly"),
        (("hourz", "web"), NOWHERE, 2, "hours"),
        ((), {}, 2, "SERVICE ROLE"),
        (("hours", "web"), {}, 1, "JIXU_DATABASE: not set"),
        (("hours", "web"), NOWHERE, 1, "JIXU_HOURS_TEXT_KEY: not 32 bytes"),
        (("hours", "rebuild"), NOWHERE, 1, "JIXU_DATABASE_OWNER: not set"),
        (("hours", "aside"), NOWHERE, 1, "PostgreSQL does not answer"),
        (("hours", "discard"), NOWHERE, 1, "say TOPIC KEY OPERATOR TICKET"),
        (("hours", "web"), {**NOWHERE, "JIXU_PORT": "abc"}, 1, "JIXU_PORT: "),
        (("--help",), {}, 0, "certificates, exams, filing, hours, identity, policy"),
    ],
)
def test_a_service_s_command_line(
    words: tuple[str, ...], told: dict[str, str], code: int, sentence: str
) -> None:
    ended, said = typed("libs.runtime", *words, folder=ROOT, **told)
    assert (ended, sentence in said) == (code, True), said
    assert "Traceback" not in said


@pytest.mark.parametrize("module", ["deploy.render", "deploy.render.env"])
def test_help_writes_nothing(module: str, tmp_path: Path) -> None:
    ended, said = typed(module, "--help", folder=tmp_path)
    assert (ended, list(tmp_path.iterdir())) == (0, [])
    assert "rites" in said


def test_a_second_env_is_refused_in_a_sentence(tmp_path: Path) -> None:
    env.main([], tmp_path)
    kept = (tmp_path / ".env").read_text()
    with pytest.raises(SystemExit, match="here already"):
        env.main([], tmp_path)
    assert (tmp_path / ".env").read_text() == kept


@pytest.mark.parametrize("said", ["abc", "80000", "-1", "１２", "1.5"])
def test_a_number_that_is_none_is_a_sentence(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", said)
    with pytest.raises(Trouble, match=f"PORT={said}: not a whole number from 1 to 65535"):
        number("PORT", 8700, 1, 65535)


def test_a_number_that_is_not_given_is_the_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert number("PORT", 8700, 1, 65535) == 8700


def test_a_login_says_its_role_and_whose_it_is(tmp_path: Path) -> None:
    said = line("unit_admin", "样例大学农主任", {"document": {"number": "4501"}})
    assert "单位总管理员，样例大学农主任" in said
    assert "年" in today(Clock(None).now())


@pytest.mark.parametrize("role", ordered(EVERYBODY))
def test_a_role_bears_its_official_name_and_once(role: Role) -> None:
    assert line(role, "某单位某某", {}).startswith(f"{OFFICIAL[role]}，某单位某某  ")
    assert line(role, f"{OFFICIAL[role]}莫处长", {}).startswith(f"{OFFICIAL[role]}，莫处长  ")


def test_a_province_that_was_up_before_is_told_of_in_words_that_are_true_of_it(
    tmp_path: Path,
) -> None:
    """Its claims may be passed, its class granted, whoever waited may be registered since."""
    (tmp_path / ROSTER).touch()
    told = " ".join(loaded(tmp_path))
    assert "5 claims of 覃小明, submitted for the audit" in told
    for untrue_later in ("wait", "is filed", "not registered yet"):
        assert untrue_later not in told
