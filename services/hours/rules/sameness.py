"""One activity counts once: the same person, activity and dates as another entry or claim.

What is evidently the same keeps a class from being credited twice. What only resembles it holds a
claim, for a person to decide, and keeps nobody from anything (docs/decisions/0116).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Protocol
from uuid import UUID

from libs.decider import Rule, conventions
from libs.events.hours import Activity
from libs.events.values import HalfDay
from services.hours.commands import CreditClass, CreditEntry
from services.hours.state.known import HoursFacts
from services.hours.state.year import PENDING, Claim, ClaimState, PersonYear

ALREADY_CREDITED = Rule(
    "already-credited",
    "该活动的学时已计入学时档案",
    conventions.SAMENESS,
    "请核对已计入的学时；该学时删除后，培训学时自动计入",
)


class Dated(Protocol):
    """Something that took place from one half-day to another."""

    @property
    def began(self) -> HalfDay:
        """The first half-day."""

    @property
    def ended(self) -> HalfDay:
        """The last half-day."""


def twin_of(claim: Claim, state: PersonYear) -> UUID | None:
    """The entry or the pending claim that may be the same activity, if there is one."""
    for entry in state.entries.values():
        if _resembles(claim.activity.name, claim.activity, entry.activity, entry):
            return entry.entry_id
    for other in state.claims.values():
        if other.state not in PENDING or other.id == claim.id:
            continue
        if _resembles(claim.activity.name, claim.activity, other.activity.name, other.activity):
            return other.id
    return None


def twins_of(command: CreditEntry, state: PersonYear) -> Iterator[UUID]:
    """The pending and the passed claims that may be the same activity as what is credited now."""
    for claim in state.claims.values():
        if claim.state in PENDING | {ClaimState.PASSED} and _resembles(
            command.activity, command, claim.activity.name, claim.activity
        ):
            yield claim.id


def not_credited_already(
    command: CreditClass, state: PersonYear, _facts: HoursFacts
) -> Rule | None:
    """A class whose hours somebody has had recognised by claim is not credited again."""
    for entry in state.entries.values():
        if not _overlap(command, entry) or not _equal(command.activity, entry.activity):
            continue
        claim = state.claims.get(entry.entry_id)
        if not _contradict(command.organisers, [claim.activity.organiser] if claim else []):
            return ALREADY_CREDITED.because(f"已计入 {entry.entry_id}").naming(entry.entry_id)
    return None


def is_another(before: Activity, said: Activity) -> bool:
    """Neither the name nor a day in common: no correction makes one of the other."""
    return not (_overlap(before, said) or _equal(before.name, said.name))


def _resembles(name: str, when: Dated, other: str, then: Dated) -> bool:
    """Dates that overlap, and names that say the same, or of which one is most of the other."""
    if not _overlap(when, then):
        return False
    short, long = sorted((_plain(name), _plain(other)), key=len)
    return bool(short) and short in long and len(short) + len(short) >= len(long)


def _overlap(one: Dated, two: Dated) -> bool:
    return one.began <= two.ended and two.began <= one.ended


def _equal(one: str, two: str) -> bool:
    """The same letters and digits. A name without any is equal to nothing."""
    return _plain(one) == _plain(two) != ""


def _contradict(some: Iterable[str], others: Iterable[str]) -> bool:
    """Both organisers are known, and no name of one is in a name of the other."""
    known, said = [*filter(None, map(_plain, some))], [*filter(None, map(_plain, others))]
    agree = any(one in two or two in one for one in known for two in said)
    return bool(known and said) and not agree


def _plain(name: str) -> str:
    """The letters and digits alone: spaces, brackets and widths make no other activity."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
