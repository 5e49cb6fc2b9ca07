"""Dates are China's: +08:00, no summer time."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def day_in_china(instant: datetime) -> date:
    """The day in China's calendar at this instant."""
    return instant.astimezone(CHINA).date()
