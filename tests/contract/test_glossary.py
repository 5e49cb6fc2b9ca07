"""The glossary and the code use the same words, both ways."""

import inspect
import re
from collections import Counter
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import pytest

from libs.events import envelope, values
from libs.events.event import Event
from libs.events.language import MODULES, all_events

GLOSSARY = Path(__file__).parents[2] / "docs/glossary.md"
HEAD = ["official term", "code name", "document", "words to avoid"]
SHORT = re.compile(r"\b(N24|149|GUET|ST14)\b|own word|^two titles")


class Line(NamedTuple):
    """One line of the glossary."""

    term: str
    code: str
    document: str
    avoid: str


def lines() -> list[Line]:
    """Every line of every table with these four columns."""
    found, inside = [], False
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells == HEAD:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and set(line) - set("|- "):
            found.append(Line(*cells))
    return found


LINES = lines()
TERMS = {
    name: line.term
    for line in LINES
    for name in re.findall(r"`([A-Za-z.]+\.[A-Za-z_]+)`", line.code)
}


def enumerations() -> dict[str, Enum]:
    """Every word of every enumeration of the public language, as `Class.MEMBER`."""
    return {
        f"{kind.__name__}.{name}": member
        for module in (*MODULES, envelope, values)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__.startswith("libs.events")
        for name, member in kind.__members__.items()
    }


@pytest.mark.parametrize(("name", "event"), all_events().classes.items(), ids=str)
def test_an_events_docstring_begins_with_the_glossarys_term(name: str, event: type[Event]) -> None:
    assert TERMS.get(name) == event.term(), f"a line for `{name}` in docs/glossary.md"


def test_every_event_of_the_glossary_exists() -> None:
    contexts = {name.partition(".")[0] for name in all_events().classes}
    events = {name for name in TERMS if name.partition(".")[0] in contexts}
    assert events == set(all_events().classes)


def test_every_word_of_an_enumeration_has_its_official_term() -> None:
    assert set(enumerations()) - set(TERMS) == set()


def test_every_other_code_name_of_the_glossary_exists() -> None:
    known = set(all_events().classes) | set(enumerations()) | fields()
    assert set(TERMS) - known == set()


def fields() -> set[str]:
    """`Class.field` of the events and of what stands in them."""
    classes = (
        kind
        for module in MODULES
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if hasattr(kind, "model_fields")
    )
    return {f"{kind.__name__}.{name}" for kind in classes for name in kind.model_fields}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.term)
def test_every_line_is_whole(line: Line) -> None:
    assert all(line), "no empty cell"
    assert SHORT.search(line.document), "where it stands, or that it is our own word"


def test_a_code_name_has_one_line() -> None:
    names = Counter(n for line in LINES for n in re.findall(r"`([^`]+)`", line.code))
    assert [name for name, times in names.items() if times > 1] == []


def test_two_events_of_one_context_never_share_a_term() -> None:
    terms = Counter((name.partition(".")[0], term) for name, term in TERMS.items())
    contexts = {name.partition(".")[0] for name in all_events().classes}
    assert [key for key, times in terms.items() if times > 1 and key[0] in contexts] == []
