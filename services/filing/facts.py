"""What the decisions of one batch may read, loaded once under its lock."""

from collections.abc import Sequence

from libs.events.command import Command
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import HEARD, as_of
from libs.runtime.tables import Rows, Statement
from services.filing.state.known import FilingFacts, Unit

_UNITS = """
SELECT u.unit_id, u.jurisdiction, array_remove(array_agg(b.level), NULL)
FROM units u LEFT JOIN bases b USING (unit_id) WHERE u.unit_id = ANY(%s) GROUP BY 1, 2"""


class FilingLookup:
    """Asks for packs, units and how current they are."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Three small statements, whatever the number of commands."""
        units = {c.envelope.actor.unit_id for c in commands} - {None}
        return (
            laws.ask(),
            Statement(_UNITS, (list(units),)),
            HEARD,
        )

    def answer(self, results: Sequence[Rows]) -> FilingFacts:
        """The record."""
        published, units, heard = results
        return FilingFacts(
            laws=laws.answer(published).newest,
            units={
                unit_id: Unit(jurisdiction, frozenset(levels))
                for unit_id, jurisdiction, levels in units
            },
            heard=as_of(heard, "identity", "policy"),
        )
