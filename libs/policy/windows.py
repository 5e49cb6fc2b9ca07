"""时限: until when something may be done, in days of China's calendar."""

from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Literal, Self

from libs.events.values import Half, HalfDay
from libs.policy.figures import Sourced, Text

CHINA = timezone(timedelta(hours=8), "+08:00")
"""The whole country keeps one time."""

NOON = 12


def china_day(at: datetime) -> date:
    """The day in China's calendar of an instant; a time without a zone is refused."""
    if at.tzinfo is None:
        raise ValueError("an instant has a zone")
    return at.astimezone(CHINA).date()


def china_half_day(at: datetime) -> HalfDay:
    """The half-day in China's calendar of an instant."""
    morning = at.astimezone(CHINA).hour < NOON
    return HalfDay(china_day(at), Half.MORNING if morning else Half.AFTERNOON)


class Moment(Enum):
    """How an instant stands to a window."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"


class Window(Sourced):
    """A window: first day (none: open from the start), last day (the whole day counts).

    `late` says what becomes of what comes after it: refused unless the bureau has lengthened it,
    or taken. `flag` is what it is called that was taken after the notice's own last day.
    """

    name: Text
    opens: date | None = None
    closes: date
    late: Literal["refuse", "flag"]
    flag: str = ""

    def at(self, instant: datetime) -> Moment:
        """Early, open or late at this instant."""
        day = china_day(instant)
        if self.opens is not None and day < self.opens:
            return Moment.EARLY
        return Moment.OPEN if day <= self.closes else Moment.LATE

    def extended(self, closes: date) -> Self:
        """The same window as the bureau has lengthened it; an earlier last day changes nothing."""
        return self.model_copy(update={"closes": max(self.closes, closes)})
