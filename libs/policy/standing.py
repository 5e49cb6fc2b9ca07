"""How a person-year stands to each certificate: satisfied or not, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from libs.policy.counting import Count, Counter, Line
from libs.policy.outcomes import Outcome, outcome, shortness
from libs.policy.pack import Pack
from libs.policy.refused import Silent


@dataclass(frozen=True, slots=True)
class Standing:
    """学时情况: what counts, and the kinds of certificate whose requirements the year meets."""

    count: Count
    satisfied: frozenset[str]
    _pack: Pack = field(repr=False, compare=False)

    def outcomes(self, kind: str) -> tuple[Outcome, ...]:
        """Every requirement of a kind of certificate, met or not: the why of the standing."""
        certificate = self._pack.certificate(kind)
        return tuple(
            outcome(demand, certificate, self.count.by_category)
            for demand in certificate.requirements
        )

    def missing(self, kind: str) -> tuple[Outcome, ...]:
        """What this kind of certificate still wants; empty when it is satisfied."""
        return tuple(one for one in self.outcomes(kind) if one.binding and not one.met)


class Judge:
    """A pack compiled once, so that a person-year costs microseconds."""

    __slots__ = ("_kinds", "_pack", "counter")

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.counter = Counter(pack)
        codes = tuple(category.code for category in pack.categories)
        self._kinds = tuple(
            (
                certificate.kind,
                tuple(
                    shortness(demand, certificate, codes)
                    for demand in certificate.requirements
                    if demand.binding == "must"
                ),
            )
            for certificate in pack.certificates
        )

    def standing(self, lines: Iterable[Line]) -> Standing:
        """How the standing entries of one person and year stand."""
        count = self.counter.count(lines)
        sums = count.by_category
        satisfied = frozenset(
            kind for kind, demands in self._kinds if not any(short(sums) for short in demands)
        )
        return Standing(count, satisfied, self._pack)


@lru_cache(maxsize=64)
def judge(pack: Pack) -> Judge:
    """The pack's judge, compiled at the first asking."""
    return Judge(pack)


def count(pack: Pack, lines: Iterable[Line]) -> Count:
    """What these standing entries count after caps."""
    return judge(pack).counter.count(lines)


def judged(pack: Pack | None, lines: Iterable[Line]) -> Standing | None:
    """How they stand; None where no law is known, or the law doesn't know a subject or rule of
    theirs, as after a move from another jurisdiction."""
    try:
        return standing(pack, lines) if pack else None
    except Silent:
        return None


def standing(pack: Pack, lines: Iterable[Line]) -> Standing:
    """How these standing entries stand to each kind of certificate."""
    return judge(pack).standing(lines)
