"""How the facts of a batch are loaded: ledgers, places, laws, numbers, and how current all is."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from libs.events.command import Command
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import HEARD
from libs.runtime.tables import Rows, Statement
from services.certificates.commands import ExchangeCertificate, GenerateCertificate
from services.certificates.ledgers import Held, Ledgers
from services.certificates.state import Known, Place

MAY_LAG = timedelta(seconds=60)
"""Older than this the projection is not current: nothing is issued, nothing is called valid."""


class Knowing:
    """Loads facts; keeps ledgers between batches."""

    def __init__(self) -> None:
        self._ledgers = Ledgers()

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Five small questions, whatever the commands are."""
        people = {c.person_id: None for c in commands if hasattr(c, "person_id")}
        numbers = [
            c.number for c in commands if isinstance(c, GenerateCertificate | ExchangeCertificate)
        ]
        return (
            self._ledgers.ask(people),
            Statement(
                "SELECT person_id, unit_id, name, jurisdiction FROM people "
                "JOIN unit_names USING (unit_id) WHERE person_id = ANY(%b::uuid[])",
                (list(people),),
            ),
            laws.ask(),
            HEARD,
            Statement("SELECT number FROM certificates WHERE number = ANY(%s)", (numbers,)),
        )

    def answer(self, results: Sequence[Rows]) -> Known:
        """The record."""
        ledgers, places, published, heard, taken = results
        held = self._ledgers.answer(ledgers)
        newest, versions = laws.answer(published)
        return Known(
            ledgers={person: one.ledger for person, one in held.items()},
            places={person: Place(*place) for person, *place in places},
            laws=newest,
            versions=versions,
            heard=dict(heard),
            may_lag=MAY_LAG,
            taken=frozenset(number for (number,) in taken),
            marks={person: one.position for person, one in held.items()},
        )

    def remember(self, facts: Any) -> None:
        """The batch with these facts has been committed."""
        self._ledgers.remember(
            (person, Held(facts.marks[person], ledger)) for person, ledger in facts.ledgers.items()
        )
