"""What no import contract can see: a service that loads or calls another by a name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BY_NAME = {"__import__", "import_module", "__builtins__", "eval", "exec"}
BY_WIRE = {"open_connection", "open_unix_connection", "create_connection", "start_server"}
BY_WIRE |= {"create_subprocess_exec", "create_subprocess_shell", "popen", "system"}


def calls(source: str) -> Iterator[str]:
    """The names in it by which other code is loaded, or somebody else is spoken to."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if name in BY_NAME | BY_WIRE:
            yield f"line {node.lineno}: {name}"  # type: ignore[attr-defined]


def test_no_service_loads_or_calls_another_by_a_name() -> None:
    files = (ROOT / "services").rglob("*.py")
    assert {
        str(f.relative_to(ROOT)): found for f in files if (found := [*calls(f.read_text())])
    } == {}


@pytest.mark.parametrize(
    "line",
    [
        '__import__("services.filing.queries")',
        'await asyncio.open_connection("hours", 80)',
        'os.system("curl hours")',
    ],
)
def test_what_would_is_found(line: str) -> None:
    assert [*calls(f"async def f():\n    {line}")]
