"""A part of a workbook, read as XML: once, by a real parser, and nothing of it is guessed.

Names are compared with their namespaces, so that no prefix hides or feigns anything; what a
grammar doesn't expect is refused or passed over, as the grammar says.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from libs.decider import Refused
from libs.runtime.documents.unpacking import TOO_LARGE, UNREADABLE

Attributes = Mapping[str, str]
Grammar = Mapping[str, frozenset[str]]
"""What may stand in what, "" being the part itself; what an element holds that has no line here
is passed over. A namespace that isn't OURS stands before its name: no grammar knows it."""

ELSE = "*"  # in a line of a grammar: whatever else stands there is passed over
_OURS = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
_BETWEEN = " "  # a namespace and its name
_DEEPEST = 32  # elements in each other; ten, as programs write them
_MOST = 1_000_000  # elements; of the largest sheets that are taken, half as many


def read_markup(
    pieces: Iterable[bytes],
    grammar: Grammar,
    *,
    begin: Mapping[str, Callable[[Attributes], object]],
    end: Mapping[str, Callable[[], object]] | None = None,
    text: Mapping[str, Callable[[str], object]] | None = None,
) -> None:
    """Each expected element is told as it begins and ends, with its text in between.

    An attribute without a prefix goes by its bare name. Refused: UNREADABLE, TOO_LARGE.
    """
    path, elements = [""], 0
    ends, texts = end or {}, text or {}

    def starts(named: str, attributes: Attributes) -> None:
        nonlocal elements
        elements += 1
        if elements > _MOST:
            raise Refused(TOO_LARGE)
        expected, name = grammar.get(path[-1]), _bare(named)
        if expected is not None and name in expected:
            path.append(name)
            if name in begin:
                begin[name](attributes)
        elif expected is None or ELSE in expected:
            path.append(ELSE)
        else:
            raise Refused(UNREADABLE)
        if len(path) > _DEEPEST:
            raise Refused(UNREADABLE)

    def stops(_named: str) -> None:
        name = path.pop()
        if name in ends:
            ends[name]()

    def says(said: str) -> None:
        if path[-1] in texts:
            texts[path[-1]](said)

    parser = expat.ParserCreate("utf-8", _BETWEEN)  # whatever encoding the part names
    parser.buffer_text = True
    parser.StartElementHandler = starts
    parser.EndElementHandler = stops
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = _declares
    try:
        for piece in pieces:
            if b"\x00" in piece:  # UTF-16 is read by its first bytes, whatever is said above
                raise Refused(UNREADABLE)
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused(UNREADABLE) from None


@lru_cache(maxsize=256)
def _bare(named: str) -> str:
    namespace, _, name = named.rpartition(_BETWEEN)
    return name if namespace in _OURS else f"{namespace}{_BETWEEN}{name}"


def _declares(*_doctype: object) -> NoReturn:
    """Entities would be declared there; no program writes one."""
    raise Refused(UNREADABLE)
