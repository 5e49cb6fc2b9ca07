"""What a year's standing entries count after caps: exact, and the same in any order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from libs.events.values import Hours
from libs.policy.pack import Pack
from libs.policy.recognition import around, holds
from libs.policy.refused import Silent


@dataclass(frozen=True, slots=True)
class Line:
    """A standing entry of the ledger (学时档案), as far as counting needs it."""

    entry: UUID
    category: str
    rule: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Count:
    """计入学时: hundredths of an hour after caps, by entry and by subject."""

    by_entry: Mapping[UUID, int]
    by_category: Mapping[str, int]
    total: int

    def of(self, entry: UUID) -> Hours:
        """What this entry counts."""
        return Hours(self.by_entry[entry])

    @property
    def sums(self) -> Mapping[str, Hours]:
        """By subject, as people read it: a subject with its parts."""
        found = self.by_category.items()
        return {
            code: Hours(sum(n for held, n in found if holds(code, held)))
            for code in self.by_category
        }


class Counter:
    """A pack's caps, compiled once. A line takes what the caps around it leave.

    Caps are nested, never crossing, so the sums don't depend on who is first; entries fill a cap
    in the order of their ids, so that each line's share doesn't either.
    """

    __slots__ = ("_capped", "_caps", "_categories", "_pack", "_rules")

    def __init__(self, pack: Pack) -> None:
        self._pack = pack.id
        self._categories = dict.fromkeys((category.code for category in pack.categories), 0)
        self._caps = [cap.at_most.hundredths for cap in pack.caps]
        place = {cap.group: number for number, cap in enumerate(pack.caps)}
        self._rules = {rule.rule for rule in pack.recognition}
        self._capped = {
            rule.rule: tuple(place[group] for group in around(rule.group, pack.caps))
            for rule in pack.recognition
            if rule.group
        }

    def count(self, lines: Iterable[Line]) -> Count:
        """What these entries count. Silent for a subject or rule that the pack hasn't."""
        by_category = self._categories.copy()
        by_entry: dict[UUID, int] = {}
        capped: list[Line] = []
        for line in lines:
            if line.rule in self._capped:
                capped.append(line)
            elif line.rule not in self._rules or line.category not in by_category:
                raise Silent(self._pack, f"{line.category}, {line.rule}")
            else:
                hours = line.hours.hundredths
                by_entry[line.entry] = hours
                by_category[line.category] += hours
        if capped:
            self._fill(capped, by_entry, by_category)
        return Count(by_entry, by_category, sum(by_category.values()))

    def _fill(
        self, lines: list[Line], by_entry: dict[UUID, int], by_category: dict[str, int]
    ) -> None:
        left = self._caps.copy()
        lines.sort(key=_by_id)
        for line in lines:
            chain = self._capped[line.rule]
            hours = min(line.hours.hundredths, *[left[cap] for cap in chain])
            for cap in chain:
                left[cap] -= hours
            by_entry[line.entry] = hours
            by_category[line.category] += hours


def _by_id(line: Line) -> int:
    return line.entry.int
