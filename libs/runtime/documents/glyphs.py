"""Which characters the fonts have: what can't be printed is refused, never boxed."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

Ranges = list[tuple[int, int]]


class Glyphs:
    """The characters of several fonts together, from their tables of characters (cmap)."""

    def __init__(self, fonts: Iterable[Path]) -> None:
        self._has = frozenset(c for font in fonts for c in characters(font.read_bytes()))

    def missing(self, text: str) -> str:
        """What of this text no font has; spaces and line ends need none."""
        found = dict.fromkeys(c for c in text if ord(c) not in self._has and not c.isspace())
        return "".join(found)


def characters(font: bytes) -> Iterator[int]:
    """The code points that an OpenType font maps, by its Unicode tables of formats 4 and 12."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for n in range(count):
        platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * n)
        at = start + offset
        (form,) = struct.unpack_from(">H", font, at)
        if platform in (0, 3) and form == 12:
            yield from _format_12(font, at)
        elif platform in (0, 3) and form == 4:
            yield from _format_4(font, at)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for n in range(count):
        found, _check, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if found == tag:
            return int(offset)
    raise ValueError("a font without a table of characters")


def _format_12(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    for n in range(groups):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
        yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)
