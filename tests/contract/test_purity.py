"""What no import contract can see: a decision that asks the clock, chance, or waits.

Modules that ask the world are kept out by the contracts (`pure library` in deploy/imports.py);
here are the names by which `datetime`, `uuid` and what is built in would.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE = ("commands", "state", "rules", "decider")
FILES_BY_TRADE = {"libs/events/freeze.py", "libs/policy/drafts.py"}  # nothing pure imports them
# Instants, ids and chance come in with the command. A name is enough: it need not be called here.
ASKED_OF_THE_WORLD = {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"} | {
    *("uuid1", "uuid4", "uuid6", "uuid7", "uuid8", "getnode", "urandom"),
    *("time", "random", "secrets", "os", "sys", "environ", "getenv", "monotonic", "perf_counter"),
    *("open", "print", "input", "eval", "exec", "compile", "globals", "__import__"),
    *("__builtins__", "import_module"),
}
OF_A_VALUE = {"time", "compile"}  # `at.time()` is a part of an instant, `re.compile` a pattern


def pure_files() -> list[Path]:
    """The pure rooms of every service, and the libraries that decisions stand on."""
    rooms = [p for name in PURE for p in ROOT.glob(f"services/*/{name}*")]
    below = [f for room in rooms for f in ([room] if room.suffix else room.rglob("*.py"))]
    libraries = [
        f for lib in ("decider", "events", "policy") for f in ROOT.glob(f"libs/{lib}/**/*.py")
    ]
    return sorted(f for f in [*below, *libraries] if str(f.relative_to(ROOT)) not in FILES_BY_TRADE)


def impure(source: str) -> Iterator[str]:
    """What in this source asks the world for something, or waits for it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) if name in ASKED_OF_THE_WORLD:
                yield f"line {node.lineno}: {name}"
            case ast.Attribute(attr=name) if name in ASKED_OF_THE_WORLD - OF_A_VALUE:
                yield f"line {node.lineno}: .{name}"
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=name), *_]):
                if name in ASKED_OF_THE_WORLD:
                    yield f"line {node.lineno}: getattr {name}"
            case ast.alias(name=name) if ASKED_OF_THE_WORLD.intersection(name.split(".")):
                yield f"line {node.lineno}: imports {name}"
            case ast.ImportFrom(module=str(name)) if ASKED_OF_THE_WORLD & {*name.split(".")}:
                yield f"line {node.lineno}: imports from {name}"
            case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
                yield f"line {node.lineno}: waits"


@pytest.mark.parametrize("file", pure_files(), ids=lambda f: str(f.relative_to(ROOT)))
def test_nothing_pure_asks_the_world(file: Path) -> None:
    assert list(impure(file.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\nx = time.monotonic()",
        "from time import time as at",
        "import random as chance",
        "from random import choice",
        "import secrets",
        "from secrets import token_hex",
        "import os\nx = os.environ['SEED']",
        "from os import environ as words",
        "from os.path import exists",
        "from datetime import date\nx = date.today()",
        "import datetime as d\nx = d.datetime.now(d.UTC)",
        "from datetime import datetime\nclock = datetime.now",
        "from datetime import datetime\nx = getattr(datetime, 'now')",
        "from uuid import uuid4\nx = uuid4()",
        "from uuid import uuid4 as new",
        "import uuid\nx: object = field(default_factory=uuid.uuid4)",
        "async def decide(): ...",
        "x = open('a file')",
        "read = open",
    ],
)
def test_what_asks_the_world_is_seen(source: str) -> None:
    assert list(impure(source))


@pytest.mark.parametrize(
    "source",
    [
        "import re\nx = re.compile('a')",
        "x = at.time()",
    ],
)
def test_what_only_sounds_so_is_let_be(source: str) -> None:
    assert list(impure(source)) == []


def test_the_rooms_of_services_and_the_libraries_are_among_them() -> None:
    found = {str(f.relative_to(ROOT)) for f in pure_files()}
    assert {"libs/decider/rule.py", "libs/events/identity/people.py", "libs/policy/law.py"} <= found
    assert {"commands.py", "rules.py"} <= {f.name for f in pure_files()}
