"""学时认定: subjects, the rules by which hours are recognised, and the caps over them."""

from collections.abc import Sequence
from enum import Enum
from typing import Literal

from libs.events.values import CategoryCode, HalfDay
from libs.policy.figures import Figure, Quantity, Sourced, Status, Text, Word

Way = Literal["claim", "class", "course", "import"]
"""By whose act an entry comes into the ledger: a claim, a filed class, a course, an import."""


class Category(Sourced):
    """科目: a subject or its part. `public` holds every code that begins with `public.`"""

    code: CategoryCode
    name: Text


def holds(category: str, code: str) -> bool:
    """Whether a subject is, or holds, the subject with this code."""
    return code == category or code.startswith(f"{category}.")


class Credit(Enum):
    """How an activity stands to a year."""

    INSIDE = "inside"
    CROSSES = "crosses"  # begins in one year and ends in another: split by the claimant
    OUTSIDE = "outside"


class Recognition(Sourced):
    """认定方式: one kind of activity or result, and how its hours come about.

    `by`: time (half-days are prefilled), stated (by the organiser or claimant), course (by the
    public subject). `enters`: by whose act it joins the ledger. `credited`: to the year of its
    dates (a crossing of 31 December is split), of its end, of the day obtained, or that year's
    part of it. An unverified one never approves by itself: a person decides.
    """

    rule: Word
    category: CategoryCode
    subcategory: Text
    name: Text
    by: Literal["time", "stated", "course"]
    enters: Way
    credited: Literal["dates", "end", "obtained", "part"]
    group: str = ""
    evidence: Figure[tuple[Text, ...]] | None = None

    @property
    def decided_by_person(self) -> bool:
        """Whether the rule's figure is not known, so that a person decides the quantity."""
        return self.status is Status.UNVERIFIED

    @property
    def by_half_days(self) -> bool:
        """Whether its hours follow from how long it took, as a training's do."""
        return self.by == "time"

    @property
    def has_dates(self) -> bool:
        """Whether it is an activity that takes days (a result is obtained on one)."""
        return self.credited != "obtained"

    def credit(self, year: int, began: HalfDay, ended: HalfDay) -> Credit:
        """Whether an activity from `began` to `ended` belongs to this year."""
        first = began.day.year if self.credited in ("dates", "part") else ended.day.year
        if first == ended.day.year == year:
            return Credit.INSIDE
        return Credit.CROSSES if first <= year <= ended.day.year else Credit.OUTSIDE


class Cap(Sourced):
    """年度上限: at most this many hours a year count from the rules of a group.

    `within` names the group around it, whose own cap holds for both together.
    """

    group: Word
    name: Text
    at_most: Quantity
    within: str = ""


def around(group: str, caps: Sequence[Cap]) -> tuple[str, ...]:
    """A group and the groups around it, the innermost first; empty for no group."""
    within = {cap.group: cap.within for cap in caps}
    chain: list[str] = []
    while group in within and group not in chain:
        chain.append(group)
        group = within[group]
    return tuple(chain)
