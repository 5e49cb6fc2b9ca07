"""What judging one person-year costs: `python -m tests.policy.bench`. Prints, asserts nothing."""

import sys
import timeit
from uuid import UUID

from libs.events.values import Hours
from libs.policy import Line, judge
from libs.policy.drafts import draft

ENTRIES = 12
ROUNDS = 20_000


def person_year() -> list[Line]:
    """Twelve entries: required course, electives, six trainings and classes, four self-study."""
    public = [
        ("public.required", "course.required", "15"),
        ("public.elective", "course.elective", "10"),
    ]
    training = [("professional", "training", "8"), ("professional", "class", "12")] * 3
    self_study = [
        ("professional", "self_study.own", "6"),
        ("professional", "self_study.unit", "4"),
    ] * 2
    return [
        Line(UUID(int=(7919 * number) % 104_729), category, rule, Hours.of(hours))
        for number, (category, rule, hours) in enumerate([*public, *training, *self_study], start=1)
    ]


def main() -> None:
    """Print the cost of a count and of a standing, the best of five."""
    lines, judging = person_year(), judge(draft("gx-2024"))
    tasks = {
        "count": lambda: judging.counter.count(lines),
        "standing": lambda: judging.standing(lines),
    }
    for name, task in tasks.items():
        best = min(timeit.repeat(task, number=ROUNDS, repeat=5)) / ROUNDS
        sys.stdout.write(f"{name}: {best * 1e6:.1f} µs for {len(lines)} entries (goal 15)\n")


if __name__ == "__main__":
    main()
