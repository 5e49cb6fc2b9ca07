"""How a figure is told: beside its ceiling or peer, as a ratio, with its goal."""

import statistics
import sys
from collections.abc import Iterable, Sequence


def figure(said: str, beside: str, ratio: float | None, goal: str, reached: bool) -> None:
    """One line: what was measured, beside what, the ratio, and whether the goal is reached."""
    part = "" if ratio is None else f" | ratio {ratio:.2f}"
    verdict = "reached" if reached else "MISSED"
    sys.stdout.write(f"{said} | {beside}{part} | goal {goal}: {verdict}\n")
    sys.stdout.flush()


def note(said: str) -> None:
    """Something beside the figures, told as it is found."""
    sys.stdout.write(f"    {said}\n")
    sys.stdout.flush()


def median(found: Iterable[float]) -> float:
    """The one in the middle."""
    return statistics.median(found)


def share(found: Sequence[float], percent: int) -> float:
    """What this many in a hundred don't exceed."""
    return sorted(found)[min(len(found) * percent // 100, len(found) - 1)]
