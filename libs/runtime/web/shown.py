"""How answers show what people read: instants by China's clock, to the second."""

from datetime import datetime, timedelta, timezone
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

_CHINA = timezone(timedelta(hours=8), "+08:00")


def in_china(at: datetime) -> str:
    """2024-12-20T09:00:41+08:00: the calendar of every notice, and of every paper."""
    return at.astimezone(_CHINA).isoformat(timespec="seconds")


ChinaTime = Annotated[
    datetime,
    PlainSerializer(in_china, return_type=str, when_used="json"),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "examples": ["2024-12-20T09:00:41+08:00"]},
        mode="serialization",
    ),
]
"""An instant in an answer: what happened at 00:30 in China is of that day there."""
