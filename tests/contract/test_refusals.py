"""A refusal is known by its code: each code is defined in one place, so it has one text."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
IN_THE_PACKS_WORDS = "libs/policy/pack.py"  # the one place whose code and text are the document's


def definitions(source: str) -> Iterator[tuple[int, str | None]]:
    """The line and code of every Rule that is made here; no code where it is not written out."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("Rule"), args=[ast.Constant(str(code)), *_]):
                yield node.lineno, code
            case ast.Call(func=ast.Name("Rule") | ast.Attribute(attr="Rule")):
                yield node.lineno, None


def codes() -> Mapping[str | None, list[str]]:
    """Every code of the product, and where it is defined."""
    found: dict[str | None, list[str]] = defaultdict(list)
    for folder in ("libs", "services", "deploy"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = str(path.relative_to(ROOT))
            for line, code in definitions(path.read_text("utf-8")):
                found[code].append(f"{place}:{line}")
    return found


def test_a_code_is_defined_once() -> None:
    found = codes()
    assert len(found) > 100
    assert {code: places for code, places in found.items() if code and len(places) > 1} == {}


def test_a_code_is_written_out_but_for_a_documents_own_words() -> None:
    assert [place.partition(":")[0] for place in codes()[None]] == [IN_THE_PACKS_WORDS]


def test_a_second_definition_would_be_seen() -> None:
    source = 'A = Rule("no-hours", "x")\nB = rule.Rule(A.code, "y")\nC = Rule("no-hours", "z")'
    assert list(definitions(source)) == [(1, "no-hours"), (2, None), (3, "no-hours")]


OF_PROGRAMS = {"key-reused", "key-missing", "if-match-malformed", "if-match-of-nothing"}
"""Only who writes a program can break these: the header is what there is to mend."""
MACHINE_TALK = re.compile(r"幂等|ETag|If-Match|Idempotency|游标|JSON|UUID|HTTP")


def machine_talk(source: str) -> Iterator[tuple[str, str]]:
    """The code, and what it says to people in words of the machine."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("Rule"), args=[ast.Constant(str(code)), *said]):
                for one in said:
                    if isinstance(one, ast.Constant) and MACHINE_TALK.search(str(one.value)):
                        yield code, str(one.value)


def test_a_clerk_is_told_in_a_clerk_s_words() -> None:
    found = {
        told
        for folder in ("libs", "services")
        for path in (ROOT / folder).rglob("*.py")
        for told in machine_talk(path.read_text("utf-8"))
    }
    assert {told for told in found if told[0] not in OF_PROGRAMS} == set()
    assert {code for code, _ in found} == OF_PROGRAMS
