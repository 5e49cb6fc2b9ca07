"""What the decisions of one batch may read, loaded once under its lock."""

from collections.abc import Sequence

from libs.events.command import Command
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import HEARD, as_of
from libs.runtime.tables import Rows, Statement
from services.hours.commands import ClaimCommand, DeleteClaim, FailAudit, PassAudit, SubmitClaim
from services.hours.state.known import HoursFacts, Place, Unit

_PEOPLE = """
SELECT p.person_id, p.unit_id, p.department_id, p.parent_id, p.bureau_id, p.jurisdiction,
       p.confirmed, EXISTS (SELECT FROM admins a
                            WHERE a.person_id = p.person_id AND a.unit_id = p.unit_id)
FROM people p WHERE p.person_id = ANY(%s)"""
_UNITS = """
SELECT u.unit_id, u.kind, u.parent_id, coalesce(n.name, '')
FROM units u LEFT JOIN unit_names n USING (unit_id) WHERE u.unit_id = ANY(%s)
   OR u.unit_id IN (SELECT unnest(ARRAY[passed_by, to_unit_id]) FROM claims
                    WHERE claim_id = ANY(%s))"""

Handled = DeleteClaim | PassAudit | FailAudit
"""Whose refusal may have to name the unit that a claim was sent to or passed by."""


class HoursLookup:
    """Asks for people, packs, units and how current they are."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Four small statements, whatever the number of commands."""
        claims = [c for c in commands if isinstance(c, ClaimCommand)]
        people = {c.person_id for c in claims}
        named = {c.to_unit_id for c in claims if isinstance(c, SubmitClaim) and c.to_unit_id}
        handled = [c.claim_id for c in claims if isinstance(c, Handled)]
        return (
            Statement(_PEOPLE, (list(people),)),
            laws.ask(people),
            Statement(_UNITS, (list(named), handled)),
            HEARD,
        )

    def answer(self, results: Sequence[Rows]) -> HoursFacts:
        """The record."""
        people, published, units, heard = results
        places = {row[0]: Place(*row[1:]) for row in people}
        return HoursFacts(
            laws=laws.answer(published).newest,
            people=places,
            units={unit_id: Unit(*rest) for unit_id, *rest in units},
            heard=as_of(heard, "identity", "policy"),
        )
