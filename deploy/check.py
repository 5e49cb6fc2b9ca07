"""`make check`: style, format, types, import contracts and the size of rooms, in half a minute."""

import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("libs", "services", "deploy", "tests")
LARGEST_ROOM = 300  # lines of one Python file
TOOLS = Path(sys.executable).parent


def main() -> int:
    """Run every check, also after one has failed; 0 if all are content."""
    contracts = "importlinter" in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    checks = [
        ("style", ["ruff", "check", "."]),
        ("format", ["ruff", "format", "--check", "."]),
        ("types", ["mypy", *map(str, rooms())]),
        *([("import contracts", ["lint-imports", "--no-logo"])] if contracts else []),
    ]
    failed = [name for name, words in checks if not passes(name, words)]
    large = too_large(path for room in rooms() for path in room.rglob("*.py"))
    print("\n".join(large) or f"rooms: none over {LARGEST_ROOM} lines")
    if large:
        failed.append("rooms")
    print(f"check: {', '.join(failed)} failed" if failed else "check: all is well")
    return 1 if failed else 0


def passes(name: str, words: list[str]) -> bool:
    """Run one tool; its output is shown as it comes."""
    began = time.monotonic()
    print(f"{name}:", flush=True)
    code = subprocess.run([str(TOOLS / words[0]), *words[1:]], cwd=ROOT, check=False).returncode  # noqa: S603
    print(f"  [{time.monotonic() - began:.1f} s]", flush=True)
    return code == 0


def rooms() -> list[Path]:
    """The product's own folders."""
    return [room for name in ROOMS if (room := ROOT / name).is_dir()]


def too_large(paths: Iterable[Path]) -> list[str]:
    """One sentence for each file that is over the limit."""
    return [
        f"{path}: {lines} lines, {LARGEST_ROOM} is the limit: make it a package of the same name"
        for path in paths
        if (lines := len(path.read_text().splitlines())) > LARGEST_ROOM
    ]


if __name__ == "__main__":
    sys.exit(main())
