"""The law's figures are data: the pure rooms of the services hold no number but 0, 1 and 100."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("commands", "state", "rules", "decider")
ALLOWED = {0, 1, 100}


def rooms(services: Path) -> Iterator[Path]:
    """Every file of the pure rooms, each a module or a package of that name."""
    for room in ROOMS:
        yield from services.glob(f"*/{room}.py")
        for package in services.glob(f"*/{room}"):
            yield from package.rglob("*.py")


def figures_in(services: Path) -> list[str]:
    """file:line: number, of each that is not allowed."""
    return [
        f"{path.relative_to(services)}:{node.lineno}: {node.value!r}"
        for path in sorted(rooms(services))
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float | complex)
        and not isinstance(node.value, bool)
        and node.value not in ALLOWED
    ]


def test_no_figure_of_the_law_is_in_python() -> None:
    assert figures_in(ROOT / "services") == []


def test_a_figure_is_found_in_a_module_and_in_a_package(tmp_path: Path) -> None:
    hours = tmp_path / "hours"
    (hours / "decider").mkdir(parents=True)
    (hours / "rules.py").write_text("def most(n: int) -> bool:\n    return n * 100 >= 90 * 1\n")
    (hours / "decider" / "claims.py").write_text("STEP = -0.5\nOPEN = True\nNONE = 0\n")
    (hours / "api.py").write_text("PORT = 8000\n")
    assert figures_in(tmp_path) == ["hours/decider/claims.py:1: 0.5", "hours/rules.py:2: 90"]
