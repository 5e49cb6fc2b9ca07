"""Documents are true where a machine can tell: links, commands, files, the shape of a decision."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAKE = (ROOT / "Makefile").read_text()

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
each_decision = pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.stem)


@each_document
def test_what_it_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text())
    inside = [link for link in links if not link.startswith("http")]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@each_document
def test_its_commands_exist(document: Path) -> None:
    text = document.read_text()
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert {t for t in targets if not re.search(rf"^{t}:", MAKE, re.MULTILINE)} == set()
    modules = set(re.findall(r"python -m ([a-z_.]+)", text))
    for module in modules:
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@each_document
def test_the_tests_and_modules_that_it_names_are_there(document: Path) -> None:
    named = re.findall(r"\b((?:tests|libs|deploy|docs)/[\w/.-]*\w)", document.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@each_decision
def test_a_decision_says_what_why_what_not_and_when_again(decision: Path) -> None:
    text = decision.read_text()
    assert text.startswith(f"# {decision.stem[:4]} ")
    places = [text.find(word) for word in ("**Decision.**", "**Why.**", "**Refused.**")]
    assert -1 not in places
    assert places == sorted(places)
    assert "**Look again**" in text


def test_no_two_decisions_share_a_number() -> None:
    numbers = [decision.stem[:4] for decision in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_no_document_names_a_path_of_somebodys_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(home|Users|root|work)/", document.read_text())
