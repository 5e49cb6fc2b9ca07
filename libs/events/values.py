"""Values of the public language: hours (学时), half-days, codes. Equal facts have equal bytes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

HUNDREDTHS = 100
_WIRE = re.compile(r"^(0|[1-9][0-9]{0,6})\.[0-9]{2}$", re.ASCII)

CategoryCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
"""A word of the pack for a subject (科目) or its part, such as `public.required`."""

PackId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""A policy pack's name: jurisdiction and year, such as `gx-2024`."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, plain or keyed, in lower-case hexadecimal."""


def _wire_string(
    cls: type, parse: Callable[[str], Any], pattern: str, example: str
) -> core_schema.CoreSchema:
    """A value that is one canonical string on the wire and an instance in memory."""
    shown = {"format": cls.__name__.lower(), "examples": [example]}
    from_wire = core_schema.no_info_after_validator_function(
        lru_cache(maxsize=8192)(parse),  # the same few quantities and days, over and over
        core_schema.str_schema(pattern=pattern),
        metadata={"pydantic_js_updates": shown},
    )
    return core_schema.json_or_python_schema(
        json_schema=from_wire,
        python_schema=core_schema.no_info_wrap_validator_function(
            lambda value, read: value if isinstance(value, cls) else read(value), from_wire
        ),
        serialization=core_schema.to_string_ser_schema(),
    )


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """学时: a quantity of hours, exact to a hundredth; never negative on the wire.

    On the wire a string with two decimals ("4.00"); in memory integer hundredths.
    """

    hundredths: int

    @classmethod
    def of(cls, quantity: "str | int | Decimal") -> Self:
        """Hours from a number that people write; ValueError when finer than a hundredth."""
        exact = Decimal(quantity) * HUNDREDTHS
        if exact != int(exact):
            raise ValueError("finer than a hundredth of an hour")
        return cls(int(exact))

    @classmethod
    def parse(cls, wire: str) -> Self:
        """Hours from the wire; ValueError unless canonical."""
        if not _WIRE.fullmatch(wire):
            raise ValueError("hours are a string with two decimals, such as 4.00")
        return cls(int(wire[:-3] + wire[-2:]))

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(self.hundredths + other.hundredths)

    def __sub__(self, other: "Hours") -> "Hours":
        return Hours(self.hundredths - other.hundredths)

    def __str__(self) -> str:
        whole, part = divmod(self.hundredths, HUNDREDTHS)
        return f"{whole}.{part:02d}"

    @property
    def shown(self) -> str:
        """As people read it: 4, 4.5, 66.67."""
        return str(self).rstrip("0").rstrip(".")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return _wire_string(cls, cls.parse, _WIRE.pattern, "4.00")


NONE = Hours(0)


def total(quantities: Iterable[Hours]) -> Hours:
    """The sum of these hours."""
    return Hours(sum(quantity.hundredths for quantity in quantities))


def shown_day(day: date) -> str:
    """A day as people read it: 2024年12月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


class Half(StrEnum):
    """上午 or 下午."""

    MORNING = "am"
    AFTERNOON = "pm"

    @property
    def shown(self) -> str:
        """The official word."""
        return "上午" if self is Half.MORNING else "下午"


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """半天: a morning or an afternoon of a day in China's calendar; on the wire 2024-12-20/am."""

    day: date
    half: Half

    @classmethod
    def parse(cls, wire: str) -> Self:
        """A half-day from the wire; ValueError unless canonical."""
        day, slash, half = wire.partition("/")
        if not slash or len(day) != len("2024-12-20"):
            raise ValueError("a half-day is written 2024-12-20/am or 2024-12-20/pm")
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise PydanticCustomError("no_such_day", "there is no such day") from None
        return cls(on, Half(half))

    @property
    def number(self) -> int:
        """Half-days since the calendar began; the next half-day has the next number."""
        return self.day.toordinal() * 2 + (self.half is Half.AFTERNOON)

    def through(self, last: "HalfDay") -> int:
        """How many half-days from this one to the last one, both counted."""
        return last.number - self.number + 1

    def __str__(self) -> str:
        return f"{self.day.isoformat()}/{self.half.value}"

    @property
    def shown(self) -> str:
        """As people read it: 2024年12月20日上午."""
        return f"{shown_day(self.day)}{self.half.shown}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}/(am|pm)$"
        return _wire_string(cls, cls.parse, pattern, "2024-12-20/am")
