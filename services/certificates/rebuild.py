"""The standings, derived anew: every person's ledger refolded and judged by the law."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Envelope
from libs.policy import Law, judged
from libs.runtime.following import laws
from libs.runtime.tables import Row, Rows, Table
from services.certificates.commands import Reassess
from services.certificates.ledgers import KINDS, fold
from services.certificates.state import Ledger, Year
from services.certificates.views import STANDINGS, standing


class Standings:
    """Reads what joined and left the ledger; nobody else of this service reads hours."""

    contexts: Sequence[str] = ("hours",)
    types: Sequence[str] = tuple(KINDS)
    tables: Sequence[Table] = (STANDINGS,)
    columns = "p.jurisdiction, k.type, k.version::text, k.body"
    joins = "LEFT JOIN {next}.people p ON p.person_id = k.subject"
    basis = laws.question(schema="{next}.")

    def __init__(self) -> None:
        self._newest: dict[tuple[str, int], Law] = {}

    def prepare(self, found: Rows) -> str:
        """The law of each jurisdiction and year; their digests together."""
        self._newest = dict(laws.answer(found).newest)
        return " ".join(sorted(law.version.digest for law in self._newest.values())) or "no law"

    def rows(self, subject: UUID, found: Sequence[tuple[Any, ...]]) -> Iterable[Row]:
        """A row for each year that can be judged."""
        ledger, jurisdiction = Ledger(), found[0][1]
        for _, _, kind, version, body in found:
            ledger = fold(ledger, kind, int(version), body)
        for number, year in ledger.years.items():
            if law := self._newest.get((jurisdiction, number)):
                yield from _row(subject, number, year, law)

    def command(self, row: Row, envelope: Envelope) -> Command:
        """Reassess that year."""
        person, year = row.values[:2]
        return Reassess(envelope=envelope, person_id=person, year=year)


def _row(person: UUID, number: int, year: Year, law: Law) -> Iterable[Row]:
    if stands := judged(law.pack, year.lines()):
        yield standing(person, number, tuple(sorted(stands.satisfied)), law.version)
