"""How much memory there is for us: the machine's own word, and that of its control groups.

A container's limit is in none of /proc/meminfo: whoever takes more is killed, without a word.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MEGABYTE = 2**20
LIMITS = (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes"))
"""What a group may have and what it has, in versions 2 and 1."""

_CACHED = re.compile(
    r"^(?P<total>total_)?(?:active_file|inactive_file|slab_reclaimable) (?P<bytes>\d+)$",
    re.MULTILINE,
)


def available(root: Path = Path("/")) -> int | None:
    """Megabytes that programs can still have; None where the system doesn't say."""
    said = [*_of_machine(root / "proc/meminfo"), *_of_groups(root)]
    return min(said) if said else None


def _of_machine(meminfo: Path) -> Iterator[int]:
    found = re.search(r"^MemAvailable:\s+(\d+) kB", _read(meminfo), re.MULTILINE)
    if found:
        yield int(found[1]) // 1024


def _of_groups(root: Path) -> Iterator[int]:
    """Of this process's group and of each above it: all their limits hold."""
    groups = root / "sys/fs/cgroup"
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, kinds, path = line.split(":", 2)
        if kinds and "memory" not in kinds.split(","):
            continue
        top = groups / "memory" if kinds else groups
        inside = PurePosixPath(path.lstrip("/"))
        for group in (top / inside, *(top / above for above in inside.parents)):
            yield from _of_group(group)


def _of_group(group: Path) -> Iterator[int]:
    for most, now in LIMITS:
        limit, used = _read(group / most).strip(), _read(group / now).strip()
        if limit.isdigit() and used.isdigit():  # "max" is no limit
            yield max(0, int(limit) - int(used) + _reclaimable(group)) // MEGABYTE


def _reclaimable(group: Path) -> int:
    """What the kernel takes back when it is needed; version 1 sums it up under total_ names."""
    found = list(_CACHED.finditer(_read(group / "memory.stat")))
    total = any(one["total"] for one in found)
    return sum(int(one["bytes"]) for one in found if bool(one["total"]) == total)


def _read(file: Path) -> str:
    """Nothing where there is no such file, or where it is not for us."""
    try:
        return file.read_text()
    except OSError:
        return ""
