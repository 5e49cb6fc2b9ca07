"""What a cell of a workbook holds, by its type, its style and what is written in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from libs.decider import Refused
from libs.runtime.documents.unpacking import UNREADABLE

Value = str | float | bool | datetime | time

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SINCE_1900, _SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_DAY = 60  # Excel's 1900 has a 29 February, and the days before it are one less


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of one workbook refer to: its strings, and which styles show a date."""

    strings: Sequence[str] = ()
    dates: frozenset[str] = frozenset()
    since_1904: bool = False

    def of(self, kind: str, style: str, said: str) -> Value:
        """What is typed in a cell. Refused: UNREADABLE, where nothing can be meant by it."""
        try:
            return self._of(kind, style, said)
        except (ValueError, IndexError):
            raise Refused(UNREADABLE) from None

    def _of(self, kind: str, style: str, said: str) -> Value:
        match kind:
            case "s" if said.isascii() and said.isdecimal():
                return self.strings[int(said)]
            case "str" | "inlineStr":
                return unescaped(said)
            case "n" if _NUMBER.fullmatch(said):
                number = float(said)
                return self._moment(number) if style in self.dates else number
            case "b" if said in {"0", "1"}:
                return said == "1"
            case "d":
                return datetime.fromisoformat(said)
            case "e":
                return ""  # #REF! and its like: nobody typed it
        raise ValueError(kind)

    def _moment(self, days: float) -> Value:
        """The date or the time of day; a number that is neither stays one."""
        since = _SINCE_1904 if self.since_1904 else _SINCE_1900
        if days < 0:
            return days
        try:
            moment = since + timedelta(seconds=round(days * 86400))
        except OverflowError:
            return days
        if days < 1:
            return moment.time()
        early = since == _SINCE_1900 and days < _LEAP_DAY
        return moment + timedelta(days=1) if early else moment


def unescaped(said: str) -> str:
    """A text as it was typed: `_x000D_` is how a line break stands in a workbook."""
    return _ESCAPED.sub(_meant, said) if "_x" in said else said


def _meant(escaped: re.Match[str]) -> str:
    meant = chr(int(escaped[1], 16))
    return meant if meant.isprintable() or meant in "\t\r\n" else escaped[0]
