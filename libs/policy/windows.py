"""时限: until when something may be done, in days of China's calendar."""

from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Literal, Self

from pydantic import PrivateAttr

from libs.events.values import Half, HalfDay, shown_day
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
    _lengthened: bool = PrivateAttr(False)

    def at(self, instant: datetime) -> Moment:
        """Early, open or late at this instant."""
        day = china_day(instant)
        if self.opens is not None and day < self.opens:
            return Moment.EARLY
        return Moment.OPEN if day <= self.closes else Moment.LATE

    @property
    def until(self) -> str:
        """截止日 in a sentence; a day that the notice doesn't name says that it was lengthened."""
        return f"截止 {shown_day(self.closes)}" + ("（已延长）" if self._lengthened else "")

    def extended(self, closes: date) -> Self:
        """The same window as the bureau has lengthened it; an earlier last day changes nothing."""
        if closes <= self.closes:
            return self
        found = self.model_copy(update={"closes": closes})
        found._lengthened = True
        return found
