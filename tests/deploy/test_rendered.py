"""What is committed is what deploy/roles.py says; and the image, as far as text can tell."""

import re
import tomllib
from pathlib import Path

import pytest

from deploy.render import K8S, rendered
from deploy.roles import DATA, FONTS

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
STAGES = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
LAST = STAGES[-1]


@pytest.mark.parametrize("name", rendered())
def test_what_is_committed_is_what_is_rendered(name: str) -> None:
    # One command mends this: .venv/bin/python -m deploy.render
    assert (ROOT / name).read_text() == rendered()[name]


def test_nothing_else_lies_beside_it() -> None:
    lying = {f"{K8S}/{found.name}" for found in (ROOT / K8S).iterdir()}
    assert lying == {name for name in rendered() if name.startswith(K8S)}


def test_the_image_begins_where_the_project_does() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    version = project["requires-python"].removeprefix(">=")
    assert [stage.split()[0] for stage in STAGES] == [f"python:{version}-slim"] * 3


def test_everything_installed_is_pinned_and_nothing_is_built() -> None:
    installs = re.findall(r"pip install (.*)", DOCKERFILE)
    assert len(installs) == 2
    for words in installs:
        assert "--constraint constraints.txt" in words
        assert "--only-binary :all:" in words


def test_it_does_not_run_as_root_and_leaves_its_tools_behind() -> None:
    (user,) = re.findall(r"^USER (\d+):(\d+)$", LAST, re.MULTILINE)
    assert all(int(part) > 0 for part in user)
    assert LAST.index("USER ") > LAST.rindex("RUN ")
    assert "pip install" not in LAST
    assert not re.search(r"\b(apt-get|gcc|npm|curl)\b", LAST)
    assert "pip uninstall" in STAGES[0]


def test_it_holds_the_product_and_the_fonts_and_nothing_else() -> None:
    copied = re.findall(r"^COPY (?:--from=(\w+) )?(\S+) (\S+)$", LAST, re.MULTILINE)
    assert copied == [
        ("packages", "/opt/venv", "/opt/venv"),
        ("fonts", "/build/.local/fonts", FONTS),
        ("", "libs", "/app/libs"),
        ("", "services", "/app/services"),
    ]
    assert f" {DATA}" in LAST


def test_its_entry_point_is_the_one_command_line() -> None:
    assert LAST.rstrip().endswith('ENTRYPOINT ["python", "-m", "libs.runtime"]')


def test_what_it_copies_is_sent_to_the_engine_and_secrets_are_not() -> None:
    sent = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in sent
    allowed = {line[1:] for line in sent if line.startswith("!")}
    sources = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    assert {name for words in sources for name in words.split()} == allowed
