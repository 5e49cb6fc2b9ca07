"""What the decisions of one batch may read, loaded once under its lock."""

from collections.abc import Sequence

from libs.events.command import Command
from libs.events.hours import PackVersion
from libs.policy import Pack
from libs.runtime.service import Rows
from libs.runtime.tables import Statement
from services.filing.state.known import FilingFacts, Law, Unit

_PACKS = """
SELECT jurisdiction, year, pack, version, digest,
       CASE WHEN digest = ANY(%s) THEN NULL ELSE content END FROM packs"""
_UNITS = """
SELECT u.unit_id, u.jurisdiction, array_remove(array_agg(b.level), NULL)
FROM units u LEFT JOIN bases b USING (unit_id) WHERE u.unit_id = ANY(%s) GROUP BY 1, 2"""
_HEARD = """
SELECT min(as_of) FROM heard WHERE context IN ('identity', 'policy') HAVING count(*) = 2"""


class FilingLookup:
    """Asks for packs, units and how current they are; remembers packs by digest."""

    def __init__(self) -> None:
        self._packs: dict[str, Pack] = {}

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Three small statements, whatever the number of commands."""
        units = {c.envelope.actor.unit_id for c in commands} - {None}
        return (
            Statement(_PACKS, (list(self._packs),)),
            Statement(_UNITS, (list(units),)),
            Statement(_HEARD),
        )

    def answer(self, results: Sequence[Rows]) -> FilingFacts:
        """The record."""
        packs, units, heard = results
        return FilingFacts(
            laws={(row[0], row[1]): self._law(*row[2:]) for row in packs},
            units={
                unit_id: Unit(jurisdiction, frozenset(levels))
                for unit_id, jurisdiction, levels in units
            },
            heard=heard[0][0] if heard else None,
        )

    def _law(self, name: str, version: int, digest: str, content: str | None) -> Law:
        if content is not None:
            self._packs[digest] = Pack.from_json(content)
        return Law(self._packs[digest], PackVersion(pack=name, version=version, digest=digest))
