"""Who may import whom: the tree keeps every contract, and a violation of each is caught."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.imports import matches

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]

# contract -> (file, line): each breaks that contract, in a tree that is otherwise as it is.
VIOLATIONS: Mapping[str, list[tuple[str, str]]] = {
    "The core knows the pure library alone": [
        ("libs/decider/extra.py", "import pydantic"),
        ("libs/decider/extra.py", "import random"),
        ("libs/decider/extra.py", "from libs.events import values"),
        ("libs/decider/extra.py", "def late() -> None:\n    from libs.runtime import clock"),
    ],
    "The public language knows the core and pydantic": [
        ("libs/events/extra.py", "import msgspec"),
        ("libs/events/extra.py", "from libs.runtime import clock"),
        ("libs/events/extra.py", "from libs.policy import pack"),
        ("libs/events/extra.py", "import secrets"),
        ("libs/events/extra.py", "from libs.events.freeze import main"),
    ],
    "Policy knows the language and the core": [
        ("libs/policy/extra.py", "from libs.runtime.clock import Clock"),
        ("libs/policy/extra.py", "import httpx"),
        ("libs/policy/extra.py", "from time import monotonic"),
        ("libs/policy/extra.py", "from libs.policy import drafts"),
    ],
    "Drafts and frozen schemas are files, and nothing stands on them": [
        ("libs/policy/drafts.py", "from libs.runtime.clock import Clock"),
        ("libs/events/freeze.py", "import httpx"),
    ],
    "The machinery knows no context and no law": [
        ("libs/runtime/extra.py", "from libs.policy import pack"),
        ("libs/runtime/extra.py", "from services.one import state"),
        ("libs/runtime/extra.py", "from libs import common"),
        ("libs/runtime/log/extra.py", "from libs.events import hours"),
        ("libs/runtime/log/extra.py", "from libs.runtime.following import laws"),
    ],
    "What arrives stands on what leaves, and both on the log": [
        ("libs/runtime/log/extra.py", "from libs.runtime.outbound import relay"),
        ("libs/runtime/outbound/extra.py", "from libs.runtime.inbound import marks"),
    ],
    "What services follow is no context's; the law is among it": [
        ("libs/runtime/following/extra.py", "from services.one import state"),
        ("libs/runtime/following/extra.py", "from libs import common"),
    ],
    "Libraries are these four": [
        ("libs/common/extra.py", "import json"),
        ("libs/__init__.py", "import json"),
    ],
    "Services meet only through events": [
        ("services/one/facts.py", "from services.two import state"),
        ("services/one/facts.py", "import services.two.views"),
        (
            "services/one/commands.py",
            "def late() -> None:\n    from services.two.api import router",
        ),
    ],
    "No service calls another": [
        ("services/one/facts.py", "import httpx"),
        ("services/one/api.py", "from urllib.request import urlopen"),
        ("services/one/service.py", "import importlib"),
    ],
    "Decisions are pure: no clock, no chance, no input or output": [
        ("services/one/commands.py", "import time"),
        ("services/one/state.py", "import random"),
        ("services/one/rules.py", "import psycopg"),
        ("services/one/rules.py", "import locale"),
        ("services/one/rules.py", "from libs.policy.drafts import draft"),
        ("services/one/rules/deep/inside.py", "import os"),
        ("services/one/decider.py", "from libs.runtime.clock import Clock"),
        ("services/one/decider/part.py", "from services.one import facts"),
        ("services/one/rules.py", "from services.one.vault import Vault"),
        ("services/one/rules.py", "if TYPE_CHECKING:\n    from services.one import views"),
    ],
    "Facts, rows and adapters stand on decisions and the machinery": [
        ("services/one/facts.py", "from services.one.api import router"),
        ("services/one/vault.py", "from services.one import reactions"),
        ("services/one/sheets/reading.py", "from services.one import service"),
        ("services/one/private.py", "from libs import common"),
        ("services/one/views.py", "from services.one.projector import x"),
    ],
    "What moves a service stands above, each by itself": [
        ("services/one/api.py", "from services.one import service"),
        ("services/one/timers.py", "from services.one import reactions"),
        ("services/one/reactions.py", "from services.one.api.words import Word"),
        ("services/one/projector.py", "from libs.common import extra"),
    ],
    "A service's package holds its story, and imports nothing": [
        ("services/one/__init__.py", "from services.one import state"),
        ("services/__init__.py", "import json"),
    ],
    "Nothing of the product knows where it is run or tested": [
        ("services/one/service.py", "from deploy.local import ports"),
        ("libs/runtime/extra.py", "from tests.component import lab"),
    ],
    "Faust stays in one file": [
        ("services/one/projector.py", "import faust"),
        ("services/certificates/reactions.py", "from faust import App"),
        ("libs/runtime/extra.py", "import mode"),
    ],
}

# What is allowed, so that no contract is kept only because it forbids everything.
ALLOWED = [
    ("services/one/commands.py", "from libs.events.hours import HoursClaimed"),
    ("services/one/state.py", "from datetime import date"),
    ("services/one/rules/inside.py", "from services.one.rules import other"),
    ("services/one/rules/other.py", "from libs.policy import pack"),
    ("services/one/decider.py", "from services.one import rules, state"),
    ("services/one/facts.py", "from libs.runtime.tables import Statement"),
    ("services/one/vault.py", "from cryptography.hazmat.primitives import hashes"),
    ("services/one/views.py", "from services.one import facts, state, vault"),
    ("services/one/api/claims.py", "from services.one.api import words"),
    ("services/one/api/words.py", "from services.one import commands, facts, vault"),
    ("services/one/service.py", "from services.one import api, decider, facts, views"),
    ("services/certificates/projector.py", "import faust"),
]

EVERY_VIOLATION = [
    pytest.param(contract, file, line, id=f"{file}: {line.splitlines()[-1].strip()}")
    for contract, several in VIOLATIONS.items()
    for file, line in several
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the product: libraries and deploy as they are, two services of the test."""
    for name in ("libs", "deploy"):
        ignored = shutil.ignore_patterns("__pycache__", "*.toml", "*.json")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for service in ("one", "two"):
        for room in ("state", "facts", "views", "api", "reactions", "service", "projector"):
            put(tmp_path, f"services/{service}/{room}.py", "")
    put(tmp_path, "libs/common/extra.py", "")
    return tmp_path


def put(tree: Path, file: str, line: str) -> None:
    """One file of the tree, its folders as packages; a module gives way to a package."""
    path = tree / file
    for folder in reversed(path.relative_to(tree).parents[:-1]):
        (tree / folder).mkdir(exist_ok=True)
        (tree / folder).with_suffix(".py").unlink(missing_ok=True)
        (tree / folder / "__init__.py").touch()
    path.write_text(f'"""A room of the test."""\n\n{line}\n')


def lint(tree: Path) -> str:
    """What import-linter says about this tree."""
    words = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False, timeout=120)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("contract", "file", "line"), EVERY_VIOLATION)
def test_a_violation_is_caught(tree: Path, contract: str, file: str, line: str) -> None:
    put(tree, file, line)
    assert f"{contract} BROKEN" in lint(tree)


def test_what_is_allowed_breaks_nothing(tree: Path) -> None:
    for file, line in ALLOWED:
        put(tree, file, line)
    assert " 0 broken" in lint(tree)


def test_they_hold_before_there_is_any_service(tree: Path) -> None:
    shutil.rmtree(tree / "services")
    put(tree, "services/__init__.py", "")
    assert " 0 broken" in lint(tree)


def test_the_product_keeps_every_contract() -> None:
    said = lint(ROOT)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said, said


def test_each_contract_has_its_violation() -> None:
    assert {contract["name"] for contract in CONTRACTS} == set(VIOLATIONS)


def test_no_contract_names_a_service_but_fausts() -> None:
    named = str([c for c in CONTRACTS if c["name"] != "Faust stays in one file"])
    assert "services.certificates" not in named


@pytest.mark.parametrize(
    ("name", "pattern", "same"),
    [
        ("services.hours.rules", "services.*.rules", True),
        ("services.hours.rules.states", "services.*.rules", True),
        ("services.hours.rulesets", "services.*.rules", False),
        ("services.rules", "services.*.rules", False),
        ("libs.events", "libs.events", True),
        ("libs.events_of_old", "libs.events", False),
        ("json", "standard library", True),
        ("psycopg", "standard library", False),
        ("psycopg", "third party", True),
        ("json", "third party", False),
        ("json", "pure library", True),
        ("random", "pure library", False),
        ("os.path", "pure library", False),
        ("tests", "third party", False),
    ],
)
def test_a_pattern_means_the_module_and_what_is_below_it(
    name: str, pattern: str, same: bool
) -> None:
    assert matches(name, [pattern]) is same
