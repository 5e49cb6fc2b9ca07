"""What the decisions of one batch may read, loaded once under its lock."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from libs.events.command import Command
from libs.events.hours import PackVersion
from libs.policy import Pack
from libs.runtime.following.packs import EXTENDED, published
from libs.runtime.service import Rows
from libs.runtime.tables import Statement
from services.hours.commands import ClaimCommand, DeleteClaim, SubmitClaim
from services.hours.state.known import HoursFacts, Law, Place, Unit

_PEOPLE = """
SELECT p.person_id, p.unit_id, p.department_id, p.parent_id, p.bureau_id, p.jurisdiction,
       p.confirmed, EXISTS (SELECT FROM admins a
                            WHERE a.person_id = p.person_id AND a.unit_id = p.unit_id)
FROM people p WHERE p.person_id = ANY(%s)"""
_UNITS = """
SELECT unit_id, kind, parent_id FROM units WHERE unit_id = ANY(%s)
   OR unit_id IN (SELECT passed_by FROM claims WHERE claim_id = ANY(%s))"""
_HEARD = """
SELECT min(as_of) FROM heard WHERE context IN ('identity', 'policy') HAVING count(*) = 2"""


class HoursLookup:
    """Asks for people, packs, units and how current they are; remembers packs by digest."""

    def __init__(self) -> None:
        self._packs: dict[str, Pack] = {}

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Five small statements, whatever the number of commands."""
        claims = [c for c in commands if isinstance(c, ClaimCommand)]
        named = {c.to_unit_id for c in claims if isinstance(c, SubmitClaim) and c.to_unit_id}
        deleted = [c.claim_id for c in claims if isinstance(c, DeleteClaim)]
        return (
            Statement(_PEOPLE, (list({c.person_id for c in claims}),)),
            published(self._packs),
            EXTENDED,
            Statement(_UNITS, (list(named), deleted)),
            Statement(_HEARD),
        )

    def answer(self, results: Sequence[Rows]) -> HoursFacts:
        """The record."""
        people, packs, extensions, units, heard = results
        places = {row[0]: Place(*row[1:]) for row in people}
        return HoursFacts(
            laws=self._laws(packs, extensions),
            people=places,
            units={unit_id: Unit(kind, parent_id) for unit_id, kind, parent_id in units},
            heard=heard[0][0] if heard else None,
        )

    def _laws(self, packs: Rows, extensions: Rows) -> dict[tuple[str, int], Law]:
        laws = {}
        for jurisdiction, year, name, version, digest, content in packs:
            if content is not None:
                self._packs[digest] = Pack.from_json(content)
            extended: dict[tuple[str, UUID | None], date] = {
                (window, UUID(unit) if unit else None): until
                for pack, window, unit, until in extensions
                if pack == name
            }
            laws[jurisdiction, year] = Law(
                self._packs[digest],
                PackVersion(pack=name, version=version, digest=digest),
                extended,
            )
        return laws
