"""The golden cases as a table: `python -m tests.policy.golden`; pytest runs the same rows."""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from libs.events.hours import PackVersion
from libs.events.values import HalfDay, Hours
from libs.policy import Law, Line, Pack, Standing, packs, standing
from libs.policy.drafts import draft, names
from libs.policy.outcomes import percent
from libs.policy.recognition import holds

HERE = Path(__file__).parent
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One case: the facts in words, what must come out and what did."""

    pack: str
    name: str
    facts: str
    expected: Mapping[str, object]
    got: Mapping[str, object]

    @property
    def passed(self) -> bool:
        """Whether it came out so."""
        return self.expected == self.got


def pack_of(name: str, basis: str = "counted") -> Pack:
    """A draft of the repository, or a pack of the tests with one reading or the other."""
    if name in names():
        return draft(name)
    text = (HERE / "packs" / f"{name}.toml").read_text("utf-8")
    return packs.from_toml(text.replace('basis = "counted"', f'basis = "{basis}"'))


def law_of(pack: Pack) -> Law:
    """The pack as policy publishes it, no window extended."""
    return Law(pack, PackVersion(pack=pack.id, version=pack.version, digest=pack.digest))


def lines(pack: Pack, entries: Mapping[str, str]) -> list[Line]:
    """The entries of a case as lines of the ledger, in the order of the file."""
    return [
        Line(UUID(int=number), pack.rule(rule).category, rule, Hours.of(hours))
        for number, (rule, hours) in enumerate(entries.items(), start=1)
    ]


def _professional(year: Standing) -> Hours:
    counted = year.count.by_category.items()
    return Hours(sum(hours for code, hours in counted if holds("professional", code)))


def _standing(case: Case) -> Mapping[str, object]:
    pack = pack_of(case["pack"], case.get("basis", "counted"))
    year = standing(pack, lines(pack, case["entries"]))
    told = year.missing("annual") if pack.certificates else ()
    return {
        "total": Hours(year.count.total).shown,
        "share": percent(_professional(year), Hours(year.count.total)),
        "satisfied": sorted(year.satisfied),
        "missing": [outcome.sentence for outcome in told],
    }


def _class(case: Case) -> Mapping[str, object]:
    began, ended = HalfDay.parse(case["began"]), HalfDay.parse(case["ended"])
    prefilled = pack_of(case["pack"]).hours.prefilled(began, ended)
    return {"half_days": began.through(ended), "hours": prefilled.shown}


def _exam(case: Case) -> Mapping[str, object]:
    exam = pack_of(case["pack"]).exam
    passed = [number for number, score in enumerate(case["scores"], 1) if exam.passes(score)]
    return {
        "passed_at": min(passed, default=0),
        "left": exam.attempts.value - len(case["scores"]),
    }


def _deletion(case: Case) -> Mapping[str, object]:
    pack = pack_of(case["pack"])
    leaves = pack.rule(case["deleted"]).category
    rest = [line for line in lines(pack, case["entries"]) if line.rule != case["deleted"]]
    falls = [c.kind for c in pack.certificates if c.falls_by(leaves, rested_on=case["rested_on"])]
    after = standing(pack, rest)
    return {
        "falls": sorted(falls),
        "total": Hours(after.count.total).shown,
        "satisfied": sorted(after.satisfied),
    }


SORTS: Mapping[str, Callable[[Case], Mapping[str, object]]] = {
    "standing": _standing,
    "class": _class,
    "exam": _exam,
    "deletion": _deletion,
}


def rows() -> Iterator[Row]:
    """Every case of golden.toml, played."""
    cases = tomllib.loads((HERE / "golden.toml").read_text("utf-8"))
    for sort, play in SORTS.items():
        for case in cases[sort]:
            got = play(case)
            expected = {word: case.get(word, []) for word in got}
            told = {**case.get("entries", {})} or case.get("scores") or case["began"]
            yield Row(case["pack"], case["name"], f"{told}", expected, got)


def main() -> int:
    """Print the table; 1 when a row isn't as told."""
    played = list(rows())
    for row in played:
        said = ", ".join(f"{word} {value}" for word, value in row.got.items() if value != [])
        mark = "ok " if row.passed else "NOT"
        sys.stdout.write(f"{mark} {row.pack:13} {row.name}\n{'':18}{row.facts}\n{'':18}{said}\n")
    wrong = sum(not row.passed for row in played)
    sys.stdout.write(f"{len(played) - wrong} of {len(played)} golden cases as told\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
