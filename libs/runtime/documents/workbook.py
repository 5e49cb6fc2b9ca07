"""An uploaded workbook: which of its parts is the wanted sheet, and what its cells refer to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from libs.decider import Refused
from libs.runtime.documents.cells import TEXT, Page, read_cells
from libs.runtime.documents.markup import ELSE, Attributes, Grammar, read_markup
from libs.runtime.documents.unpacking import UNREADABLE, Archive
from libs.runtime.documents.values import Values, unescaped

_FOLDER, _BOOK, _RELATIONS = "xl/", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_BOOKS: Grammar = {
    "": frozenset({"workbook"}),
    "workbook": frozenset({"workbookPr", "sheets", ELSE}),
    "sheets": frozenset({"sheet"}),
}
_RELATED: Grammar = {
    "": frozenset({"Relationships"}),
    "Relationships": frozenset({"Relationship"}),
}
_STRINGS: Grammar = {
    "": frozenset({"sst"}),
    "sst": frozenset({"si", "extLst"}),
    **TEXT,
}
_STYLES: Grammar = {
    "": frozenset({"styleSheet"}),
    "styleSheet": frozenset({"numFmts", "cellXfs", ELSE}),
    "numFmts": frozenset({"numFmt", ELSE}),
    "cellXfs": frozenset({"xf"}),
}
_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_NO_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')  # of a format: said, in colours, skipped


def read_page(content: bytes, wanted: str, most_rows: int) -> Page:
    """The wanted sheet, or else the first. Refused: UNREADABLE, TOO_LARGE."""
    book = _Book(Archive(content))
    values = Values(book.strings(), book.dates(), book.since_1904)
    return read_cells(book.archive.pieces(book.place(wanted)), values, most_rows)


@dataclass
class _Book:
    """The workbook's own part and its relations, read."""

    archive: Archive
    since_1904: bool = False
    _sheets: dict[str, str] = field(default_factory=dict)  # a relation's id by the sheet's name
    _related: dict[str, tuple[str, str]] = field(default_factory=dict)  # kind and part by the id

    def __post_init__(self) -> None:
        pieces = self.archive.pieces
        begin = {"workbookPr": self._set, "sheet": self._sheet}
        read_markup(pieces(_BOOK), _BOOKS, begin=begin)
        read_markup(pieces(_RELATIONS), _RELATED, begin={"Relationship": self._relation})

    def place(self, wanted: str) -> str:
        """The part that holds the sheet."""
        places = {
            name: part
            for name, id_ in self._sheets.items()
            for kind, part in [self._related.get(id_, ("", ""))]
            if kind == "worksheet"
        }
        if not places:
            raise Refused(UNREADABLE)
        return places[wanted if wanted in places else next(iter(places))]

    def strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        found: list[str] = []
        said: list[str] = []

        def text_ends() -> None:
            found.append(unescaped("".join(said)))
            said.clear()

        if part := self._only("sharedStrings"):
            read_markup(
                self.archive.pieces(part),
                _STRINGS,
                begin={},
                end={"si": text_ends},
                text={"t": said.append},
            )
        return found

    def dates(self) -> frozenset[str]:
        """The styles that show a number as a date or a time."""
        formats: list[str] = []
        own: dict[str, str] = {}
        begin = {
            "numFmt": lambda a: own.update({a.get("numFmtId", ""): a.get("formatCode", "")}),
            "xf": lambda a: formats.append(a.get("numFmtId", "")),
        }
        if part := self._only("styles"):
            read_markup(self.archive.pieces(part), _STYLES, begin=begin)
        return frozenset(str(n) for n, id_ in enumerate(formats) if _is_date(id_, own))

    def _only(self, wanted: str) -> str:
        """The part of this kind, of which a workbook has one or none."""
        parts = [part for kind, part in self._related.values() if kind == wanted]
        if len(parts) > 1:
            raise Refused(UNREADABLE)
        return parts[0] if parts else ""

    def _set(self, attributes: Attributes) -> None:
        self.since_1904 = attributes.get("date1904") in {"1", "true"}

    def _sheet(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        ids = [attributes[id_] for id_ in _ID if id_ in attributes]
        if name in self._sheets or len(ids) != 1:
            raise Refused(UNREADABLE)
        self._sheets[name] = ids[0]

    def _relation(self, attributes: Attributes) -> None:
        id_, target = attributes.get("Id", ""), attributes.get("Target", "")
        if id_ in self._related:
            raise Refused(UNREADABLE)
        part = target.removeprefix("/") if target.startswith("/") else _FOLDER + target
        self._related[id_] = attributes.get("Type", "").rpartition("/")[2], part


def _is_date(id_: str, own: Mapping[str, str]) -> bool:
    """By its number where the workbook doesn't say the format itself, else by its letters."""
    if id_ not in own:
        return id_ in _DATES
    first = _NO_LETTERS.sub("", own[id_]).partition(";")[0]
    return any(letter in first.lower() for letter in "ymdhs")
