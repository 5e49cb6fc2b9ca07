"""The law as those who judge know it: a pack that policy published, its windows as extended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from libs.decider import Kind, Rule, conventions
from libs.events.hours import PackVersion
from libs.policy.pack import Pack
from libs.policy.windows import Window

NO_PACK = Rule(
    "no-pack-for-the-year",
    "该地区该年度没有已发布的相关继续教育政策",
    conventions.YEARS,
    "请核对年度；政策发布后方可办理",
    Kind.UNKNOWN,
    "year",
)


@dataclass(frozen=True, slots=True)
class Law:
    """The pack published for a jurisdiction and year. `extended`: the last days that the bureau
    has set since, by window and unit (None: for everybody)."""

    pack: Pack
    version: PackVersion
    extended: Mapping[tuple[str, UUID | None], date] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether the pack says at all what hours there are."""
        return bool(self.pack.recognition)

    def opens(self, year: int) -> bool:
        """Whether the notice opens a make-up that is credited to an earlier year."""
        return any(make_up.credited_year == year for make_up in self.pack.make_ups)

    def window(self, name: str, unit_id: UUID | None) -> Window:
        """A window of the pack as it stands for this unit. Silent, where there is none."""
        window = self.pack.window(name)
        for whom in (None, unit_id):
            if until := self.extended.get((name, whom)):
                window = window.extended(until)
        return window


def counting(laws: Mapping[tuple[str, int], Law], jurisdiction: str, year: int) -> Law | None:
    """The law by which a year's entries are counted: the year's own; where that says nothing of
    hours, the newest notice that opened a make-up for the year (补学补考, 计入该年度)."""
    own = laws.get((jurisdiction, year))
    if own is not None and own.counts:
        return own
    opened = [law for (place, _), law in laws.items() if place == jurisdiction and law.opens(year)]
    return max(opened, key=lambda law: law.pack.year, default=None)
