"""A contract of import-linter that lists what may be imported; everything else is a violation.

import-linter's own kinds name what is forbidden. A room must not import what nobody has thought
of either, so here the list is of what it may. Patterns are dotted names, `*` for one part; each
means the module and what is below it. Three words stand for many: `standard library`,
`third party`, and `pure library`, the modules of the standard one that ask the world for nothing.
"""

import re
import sys
from collections.abc import Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

STANDARD_LIBRARY, PURE_LIBRARY, THIRD_PARTY = "standard library", "pure library", "third party"
PURE = frozenset(
    {"__future__", "abc", "collections", "contextlib", "dataclasses", "datetime", "decimal"}
    | {"enum", "fractions", "functools", "hashlib", "hmac", "inspect", "itertools", "json"}
    | {"math", "operator", "re", "string", "tomllib", "types", "typing", "unicodedata", "uuid"}
)
"""No clock, no chance, no input or output; what of `datetime` and `uuid` asks all the same, a
test of syntax trees finds (tests/contract/test_purity.py)."""
OURS = frozenset({"libs", "services", "deploy", "tests"})


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether the module is one of these, or below one."""
    return any(_one(name, pattern) for pattern in patterns)


def _one(name: str, pattern: str) -> bool:
    root = name.partition(".")[0]
    if pattern == STANDARD_LIBRARY:
        return root in sys.stdlib_module_names
    if pattern == PURE_LIBRARY:
        return root in PURE
    if pattern == THIRD_PARTY:
        return root not in sys.stdlib_module_names | OURS
    parts = (r"[^.]+" if part == "*" else re.escape(part) for part in pattern.split("."))
    return re.fullmatch(rf"{r'[.]'.join(parts)}([.].*)?", name) is not None


class MayImport(Contract):
    """`importers`, but not `except_for`, may import `may_import`, and never `never`.

    Where they are `apart`, one room of the importers doesn't import another one of them.
    """

    type_name = "may_import"

    importers = fields.ListField(subfield=fields.StringField())
    except_for = fields.ListField(subfield=fields.StringField(), required=False)
    may_import = fields.ListField(subfield=fields.StringField(), required=False)
    never = fields.ListField(subfield=fields.StringField(), required=False)

    apart = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of every importer, direct ones: what it imports has its own contract."""
        del verbose
        broken = [
            (importer, imported, sorted(_lines(graph, importer, imported)))
            for importer in sorted(graph.modules)
            if self._is_importer(importer)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not (self._may(imported) and self._in_order(importer, imported))
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for importer, imported, lines in check.metadata["broken"]:
            output.print_error(f"{importer} -> {imported} (l. {', '.join(map(str, lines))})")
        output.new_line()

    def _is_importer(self, name: str) -> bool:
        return matches(name, self.importers) and not matches(name, self.except_for or ())  # type: ignore[arg-type]

    def _may(self, name: str) -> bool:
        may, never = self.may_import, self.never
        return (may is None or matches(name, may)) and not matches(name, never or ())  # type: ignore[arg-type]

    def _in_order(self, importer: str, imported: str) -> bool:
        one_room = importer.split(".")[:3] == imported.split(".")[:3]  # services.hours.api
        return one_room or not (self.apart and self._is_importer(imported))


def _lines(graph: ImportGraph, importer: str, imported: str) -> set[int]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return {detail["line_number"] for detail in details}
