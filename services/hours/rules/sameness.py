"""One activity counts once: the same person, activity and dates as another entry or claim."""

import unicodedata
from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from libs.decider import Rule, conventions
from libs.events.values import HalfDay
from services.hours.commands import CreditEntry
from services.hours.state.known import HoursFacts
from services.hours.state.year import PENDING, Claim, PersonYear

ALREADY_CREDITED = Rule(
    "already-credited",
    "该活动的学时已计入学时档案",
    conventions.SAMENESS,
    "请核对已计入的学时；重复的请先由认定单位删除",
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
    """The entry or the pending claim that is the same activity, if there is one."""
    for entry in state.entries.values():
        if _same(claim.activity.name, claim.activity, entry.activity, entry):
            return entry.entry_id
    for other in state.claims.values():
        if other.state not in PENDING or other.id == claim.id:
            continue
        if _same(claim.activity.name, claim.activity, other.activity.name, other.activity):
            return other.id
    return None


def twins_of(command: CreditEntry, state: PersonYear) -> Iterator[UUID]:
    """The pending claims that are the same activity as what is credited now."""
    for claim in state.claims.values():
        if claim.state in PENDING and _same(
            command.activity, command, claim.activity.name, claim.activity
        ):
            yield claim.id


def not_credited_already(
    command: CreditEntry, state: PersonYear, _facts: HoursFacts
) -> Rule | None:
    """A class whose hours somebody has had recognised by claim is not credited again."""
    for entry in state.entries.values():
        if _same(command.activity, command, entry.activity, entry):
            return ALREADY_CREDITED.because(f"已计入 {entry.entry_id}")
    return None


def _same(name: str, when: Dated, other: str, then: Dated) -> bool:
    """Dates that overlap, and names that say the same, or one of which holds the other."""
    if when.ended < then.began or then.ended < when.began:
        return False
    one, two = _plain(name), _plain(other)
    return one in two or two in one


def _plain(name: str) -> str:
    """The letters and digits alone: spaces, brackets and widths make no other activity."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
