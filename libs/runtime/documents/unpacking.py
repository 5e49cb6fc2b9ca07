"""An uploaded workbook, unpacked with limits before anything parses it.

What a workbook unpacks to is not what it says: sizes in its index may lie, and one cell may name
a place that needs a terabyte. So its parts are unpacked here, within a limit, and looked over;
the parser gets a new workbook of exactly what was looked at.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from itertools import accumulate

from libs.decider import Kind, Refused, Rule, conventions

TOO_LARGE = Rule(
    "sheet-too-large",
    "表格过大",
    conventions.SIZES,
    "请删去空行和表外的内容后重试",
    Kind.OVERSIZED,
    "file",
)
UNREADABLE = Rule(
    "sheet-unreadable",
    "不是本平台的导入表（.xlsx）",
    conventions.SHEETS,
    "请下载模板，填写后原样导入",
    Kind.INVALID,
    "file",
)

MOST_BYTES = 4 * 1024 * 1024  # as it is uploaded
MOST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 200
MOST_COLUMNS = 50
_NEEDED = re.compile(r"(?:\[Content_Types\]\.xml|(?:_rels|xl)/.*\.(?:xml|rels))", re.ASCII)
_ATTRS = rb"""((?:[^>"']|"[^"]*"|'[^']*')*?)"""
_NAME = rb"""(?:[^\s<>/:"']+:)?"""
_TOKEN = re.compile(rb"<" + _NAME + rb"(row|c|f|mergeCell)(?=[\s/>])" + _ATTRS + rb"(/?)>")
_REF = re.compile(
    rb"""\b(?:r|ref)\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,7})"""
    rb"""(?::([A-Za-z]{1,3})([0-9]{1,7}))?\s*["']"""
)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass
class Unpacked:
    """One sheet, safe to be parsed: where formulas and merged cells are, counted from 1."""

    name: str
    workbook: bytes
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int]] = field(default_factory=list)  # first and last row

    def merged_rows(self, rows: int) -> Sequence[bool]:
        """For each of so many rows, counted from 0, whether merged cells reach into it."""
        changes = [0] * (rows + 1)
        for first, last in self.merged:
            if first <= rows:
                changes[first - 1] += 1
                changes[min(last, rows)] -= 1
        return [depth > 0 for depth in accumulate(changes)]


def unpack(content: bytes, wanted: str, most_rows: int) -> Unpacked:
    """The wanted sheet, or else the first. Refused: UNREADABLE, TOO_LARGE."""
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    parts = _parts(content)
    name, path = _place(parts, wanted)
    sheet = Unpacked(name, _packed(parts))
    _look_over(parts[path], sheet, most_rows)
    return sheet


def _parts(content: bytes) -> Mapping[str, bytes]:
    """Every part that a parser reads, as it really is."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_UNPACKED:
                raise Refused(TOO_LARGE)
            for info in infos:
                if _NEEDED.fullmatch(info.filename):
                    # no more than it says of itself is unpacked, and then its checksum differs
                    found[info.filename] = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused(UNREADABLE) from None
    if "xl/workbook.xml" not in found or any(b"\x00" in part for part in found.values()):
        raise Refused(UNREADABLE)
    return found


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _place(parts: Mapping[str, bytes], wanted: str) -> tuple[str, str]:
    """The sheet's name and the part that holds it."""
    targets = {
        a["Id"]: a["Target"]
        for a in _elements(parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
        if a.keys() >= {"Id", "Target"}
    }
    places: dict[str, str] = {}
    for sheet in _elements(parts["xl/workbook.xml"], "sheet"):
        target = targets.get(next((v for k, v in sheet.items() if k.endswith(":id")), ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if path in parts and "name" in sheet:
            places.setdefault(sheet["name"], path)
    if not places:
        raise Refused(UNREADABLE)
    name = wanted if wanted in places else next(iter(places))
    return name, places[name]


def _elements(part: bytes, name: str) -> Iterator[dict[str, str]]:
    """The attributes of each element of this name."""
    text = part.decode("utf-8", "replace")
    for found in re.finditer(rf"<(?:\w+:)?{name}\s([^>]*)>", text):
        yield {
            a[1]: unescape(a[2] if a[2] is not None else a[3])
            for a in _ATTRIBUTE.finditer(found[1])
        }


def _look_over(part: bytes, sheet: Unpacked, most_rows: int) -> None:
    """Every cell is in a place that can be, and where the formulas and merged cells are."""
    row = column = 0
    for tokens, found in enumerate(_TOKEN.finditer(part)):
        if tokens > most_rows * MOST_COLUMNS:
            raise Refused(TOO_LARGE)
        kind, ref = found[1], _REF.search(found[2])
        if kind == b"row":
            row, column = int(ref[2]) if ref else row + 1, 0
        elif kind == b"c":
            column = _column(ref[1]) if ref and ref[1] else column + 1
            row = int(ref[2]) if ref else row
            if not found[3]:
                _can_be(row, column, most_rows)
        elif kind == b"f":
            sheet.formulas.add((row, column))
        elif ref is not None:
            sheet.merged.append((int(ref[2]), int(ref[4] or ref[2])))


def _can_be(row: int, column: int, most_rows: int) -> None:
    if row > most_rows or column > MOST_COLUMNS:
        raise Refused(TOO_LARGE)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
