"""What one requirement comes to, as data and as a sentence: 还差 6 学时专业科目."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from libs.decider import Source
from libs.events.values import Hours
from libs.policy.certificates import AtLeast, Certificate, Completed, Requirement, Share
from libs.policy.figures import Status
from libs.policy.recognition import holds

Sums = Mapping[str, int]
"""Hundredths of counted hours by subject."""

Short = Callable[[Sums], int]
"""Hundredths that a requirement is short; 0 when it is met."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A requirement and a year: met or how many hours short, and where it stands.

    `short` are the hours that would do (0 where only completing will). `binding` is False for
    an advisory requirement, which is shown and decides nothing.
    """

    requirement: str
    binding: bool
    met: bool
    short: Hours
    sentence: str
    source: Source
    status: Status


def shortness(demand: Requirement, certificate: Certificate, codes: tuple[str, ...]) -> Short:
    """The requirement, compiled for these subjects: integers only, no rounding."""
    of = _parts(demand.of, codes)
    if isinstance(demand, AtLeast):
        least = demand.hours.hundredths
        return lambda sums: max(0, least - sum([sums[code] for code in of]))
    if isinstance(demand, Completed):
        return lambda sums: 0 if any(sums[code] for code in of) else 1
    base = _base(demand, certificate)
    whole, n, d = _parts(base.of, codes), demand.numerator, demand.denominator
    if demand.basis == "required":
        least = -(-base.hours.hundredths * n // d)
        return lambda sums: max(0, least - sum([sums[code] for code in of]))

    def short(sums: Sums) -> int:
        lacking = n * sum([sums[code] for code in whole]) - d * sum([sums[code] for code in of])
        return -(-lacking // (d - n)) if lacking > 0 else 0

    return short


def outcome(demand: Requirement, certificate: Certificate, sums: Sums) -> Outcome:
    """The requirement told to people."""
    short = shortness(demand, certificate, tuple(sums))(sums)
    hours = Hours(0 if isinstance(demand, Completed) else short)
    return Outcome(
        requirement=demand.word,
        binding=demand.binding == "must",
        met=short == 0,
        short=hours,
        sentence=_sentence(demand, certificate, sums, hours, met=short == 0),
        source=demand.source,
        status=demand.status,
    )


def _sentence(
    demand: Requirement, certificate: Certificate, sums: Sums, short: Hours, *, met: bool
) -> str:
    have = Hours(sum(sums[code] for code in _parts(demand.of, tuple(sums))))
    match demand:
        case AtLeast():
            lacking = "" if met else f"{demand.name}还差 {short.shown} 学时："
            return f"{lacking}已计 {have.shown} 学时，须达 {demand.hours.shown} 学时"
        case Share(numerator=n, denominator=d):
            base = _base(demand, certificate)
            counted = Hours(sum(sums[code] for code in _parts(base.of, tuple(sums))))
            whole = counted if demand.basis == "counted" else base.hours
            lacking = "" if met else f"还差 {short.shown} 学时{demand.name}："
            return f"{lacking}占{base.name} {percent(have, whole)}%，须不低于 {n}/{d}"
        case Completed():
            return f"{'已' if met else '尚未'}完成{demand.name}"
        case _:
            assert_never(demand)


def percent(part: Hours, whole: Hours) -> str:
    """A share with one decimal, half up: 72.2. Shown only; nothing is decided by it."""
    if not whole.hundredths:
        return "0.0"
    tenths = (2000 * part.hundredths + whole.hundredths) // (2 * whole.hundredths)
    return f"{tenths // 10}.{tenths % 10}"


def _parts(of: str | tuple[str, ...], codes: tuple[str, ...]) -> tuple[str, ...]:
    named = (of,) if isinstance(of, str) else of
    return tuple(code for code in codes if any(holds(name, code) for name in named))


def _base(share: Share, certificate: Certificate) -> AtLeast:
    base = certificate.requirement(share.base)
    assert isinstance(base, AtLeast), "checked when the pack was read"  # noqa: S101
    return base
