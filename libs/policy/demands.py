"""Whether what a certificate demands can be met at all."""

from collections.abc import Iterator
from itertools import combinations

from libs.policy.certificates import AtLeast, Certificate, Share
from libs.policy.pack import Pack
from libs.policy.recognition import around, holds

Reasons = Iterator[str]


def demands_can_be_met(pack: Pack) -> Reasons:
    """Requirements speak of known subjects, and enough hours can count towards each."""
    codes = {category.code for category in pack.categories}
    for certificate in pack.certificates:
        here = f"certificates.{certificate.kind}"
        for code in certificate.rests_on:
            if code not in codes:
                yield f"{here}：没有此科目 {code}"
        for demand in certificate.requirements:
            place = f"{here}.{demand.word}"
            of = (demand.of,) if isinstance(demand.of, str) else demand.of
            yield from (f"{place}：没有此科目 {code}" for code in of if code not in codes)
            if any(holds(a, b) or holds(b, a) for a, b in combinations(of, 2)):
                yield f"{place}：同一科目计了两次"
            if not all(certificate.concerns(code) for code in of):
                yield f"{place}：涉及证书不以其为依据的学时"
            if isinstance(demand, AtLeast):
                reach = [_most(code, pack) for code in of]
                known = [hours for hours in reach if hours is not None]
                if len(known) == len(reach) and sum(known) < demand.hours.hundredths:
                    yield f"{place}：{demand.hours.shown} 学时不可能达到"
            if isinstance(demand, Share):
                yield from (f"{place}：{reason}" for reason in _of_share(demand, certificate))


def _of_share(share: Share, certificate: Certificate) -> Reasons:
    base = certificate.requirement(share.base)
    if not isinstance(base, AtLeast):
        yield f"所占的 {share.base} 不是此证书的学时要求"
    elif not all(any(holds(whole, code) for whole in base.of) for code in share.of):
        yield "所占部分不在总数之内"
    if share.numerator >= share.denominator:
        yield f"{share.numerator}/{share.denominator} 不可能达到"


def _most(code: str, pack: Pack) -> int | None:
    """Hundredths that a year can count in a subject; None when nothing bounds it."""
    caps = {cap.group: cap.at_most.hundredths for cap in pack.caps}
    bounds: dict[str, int] = {}
    for rule in pack.recognition:
        if not holds(code, rule.category):
            continue
        if groups := around(rule.group, pack.caps):
            bounds[groups[-1]] = caps[groups[-1]]
        elif rule.by == "course" and pack.public_ and rule.rule == pack.public_.required.rule:
            bounds[rule.rule] = pack.public_.required.hours.value.hundredths
        elif rule.by == "course" and pack.public_ and rule.rule == pack.public_.elective.rule:
            bounds[rule.rule] = pack.public_.elective.hours.value.hundredths
        else:
            return None
    return sum(bounds.values())
