"""Every figure of a pack is read by some code, or is called informative: law that nobody reads
would seem to act."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.policy import Says
from libs.policy.figures import Strict
from libs.policy.filing import FilingRules
from libs.policy.hours import HoursRules
from libs.policy.public import Electives, Exam, PublicSubjects, RequiredCourse

ROOT = Path(__file__).parents[2]
KEYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("keys.toml").read_text("utf-8"))
SECTIONS: dict[str, type[Strict]] = {
    "hours": HoursRules,
    "public": PublicSubjects,
    "public.required": RequiredCourse,
    "public.elective": Electives,
    "exam": Exam,
    "filing": FilingRules,
}
BY_KIND = "certificate."  # read by the certificate's kind: rules.py makes the word of it


def section(path: str) -> dict[str, str]:
    """A section's own keys."""
    found = KEYS
    for word in path.split("."):
        found = found[word]
    return {key: said for key, said in found.items() if isinstance(said, str)}


def readers() -> Iterator[tuple[str, str]]:
    """Each key and the file said to read it; of a sentence, its name in Says."""
    for path in SECTIONS:
        yield from section(path).items()
    for word, file in section("clauses").items():
        if not word.startswith(BY_KIND):
            yield Says(word).name, file


@pytest.mark.parametrize(("path", "model"), SECTIONS.items())
def test_the_table_has_every_key_of_a_section(path: str, model: type[Strict]) -> None:
    inner = {name.rpartition(".")[2] for name in SECTIONS if name.startswith(f"{path}.")}
    assert set(section(path)) | inner == set(model.model_fields)


def test_the_table_has_every_sentence() -> None:
    assert set(section("clauses")) == set(Says)


@pytest.mark.parametrize(("key", "file"), [r for r in readers() if r[1] != "informative"])
def test_what_is_said_to_be_read_is_read_there(key: str, file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert key in {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_what_is_informative_is_quoted_by_no_code() -> None:
    informative = {key for key, file in readers() if file == "informative"} & set(Says.__members__)
    quoted = {
        node.attr
        for path in (ROOT / "services").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Says"
    }
    assert informative & quoted == set()
