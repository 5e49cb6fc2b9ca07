"""What no import contract can see: a decision that asks the clock, chance, or waits."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = ("commands", "state", "rules", "decider")
# Instants, ids and chance come in with the command.
ASKED_OF_THE_WORLD = {"now", "utcnow", "today", "fromtimestamp"} | {
    *("uuid1", "uuid4", "uuid6", "uuid7", "uuid8", "getnode", "urandom"),
    *("open", "print", "input", "eval", "exec", "__import__"),
}


def pure_files() -> list[Path]:
    """The pure rooms of every service, and the libraries that decisions stand on."""
    rooms = [p for name in PURE for p in ROOT.glob(f"services/*/{name}*")]
    below = [f for room in rooms for f in ([room] if room.suffix else room.rglob("*.py"))]
    return sorted([*below, *ROOT.glob("libs/decider/*.py"), *ROOT.glob("libs/policy/*.py")])


def impure(source: str) -> Iterator[str]:
    """What in this source asks the world for something, or waits for it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in ASKED_OF_THE_WORLD:
                    yield f"line {node.lineno}: {name}()"
            case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
                yield f"line {node.lineno}: waits"


@pytest.mark.parametrize("file", pure_files(), ids=lambda f: str(f.relative_to(ROOT)))
def test_nothing_pure_asks_the_world(file: Path) -> None:
    assert list(impure(file.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nx = date.today()",
        "import datetime as d\nx = d.datetime.now(d.UTC)",
        "from uuid import uuid4\nx = uuid4()",
        "async def decide(): ...",
        "x = open('a file')",
    ],
)
def test_what_asks_the_world_is_seen(source: str) -> None:
    assert list(impure(source))


def test_the_rooms_of_services_are_among_them() -> None:
    assert {"commands.py", "rules.py"} <= {f.name for f in pure_files()}
