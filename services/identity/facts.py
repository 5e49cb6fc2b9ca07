"""What identity's decisions may read beside their stream, loaded once a batch."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Role
from libs.events.identity import UnitKind, Way
from libs.runtime.tables import Rows, Statement
from services.identity.commands import Personal, StartSession
from services.identity.state import IdentityFacts, Owner, Pending, UnitFacts

_UNIT_COLUMNS = "unit_id, kind, bureau_id, parent_id, city, county, industry, jurisdiction"


class IdentityLookup:
    """Loads by the ids, digests and codes that the commands name."""

    def ask(self, commands: Sequence[Command]) -> Sequence[Statement]:
        """Units, departments and their heads, numbers and codes taken, codes that wait, the three,
        passwords."""
        departments = list(_named(commands, "department_id"))
        accounts = [*_named(commands, "account_id"), *_named(commands, "office_id")]
        return (
            Statement(
                f"SELECT {_UNIT_COLUMNS} FROM units WHERE unit_id = ANY(%s)",
                ([*_named(commands, "unit_id", "bureau_id", "parent_id")],),
            ),
            Statement(
                "SELECT department_id, unit_id FROM departments "
                "WHERE department_id = ANY(%s) AND NOT closed",
                (departments,),
            ),
            Statement(
                "SELECT department_id, count(*) FROM admins WHERE department_id = ANY(%s) "
                "GROUP BY department_id",
                (departments,),
            ),
            Statement(
                "SELECT code, unit_id FROM units WHERE code = ANY(%s)",
                ([*_named(commands, "code")],),
            ),
            Statement(
                "SELECT kind, count(*) FROM units WHERE kind = %s GROUP BY kind",
                (UnitKind.PROVINCE_BUREAU.value,),
            ),
            Statement(
                "SELECT digest, person_id, name_digest, unit_id FROM vault "
                "LEFT JOIN people USING (person_id) WHERE digest = ANY(%s)",
                ([*_digests(commands)],),
            ),
            Statement(
                "SELECT account_id, way, activation_id, until FROM activations "
                "WHERE account_id = ANY(%s)",
                (accounts,),
            ),
            Statement("SELECT role, person_id FROM officers"),
            Statement(
                "SELECT account_id, hash FROM credentials WHERE account_id = ANY(%s)",
                ([c.account_id for c in commands if isinstance(c, StartSession)],),
            ),
        )

    def answer(self, results: Sequence[Rows]) -> IdentityFacts:
        """The record."""
        units, departments, heads, codes, kinds, owners, pending, holders, hashes = results
        return IdentityFacts(
            units={row[0]: _unit(row) for row in units},
            departments=dict(departments),
            heads=dict(heads),
            codes=dict(codes),
            kinds={UnitKind(kind): count for kind, count in kinds},
            owners={digest: Owner(*owner) for digest, *owner in owners},
            pending={
                (account, Way(way)): Pending(activation, until)
                for account, way, activation, until in pending
            },
            holders={Role(role): person for role, person in holders},
            hashes=dict(hashes),
        )


def _named(commands: Sequence[Command], *fields: str) -> Iterable[Any]:
    """What these fields of the commands name, each once."""
    found = (getattr(command, field, None) for command in commands for field in fields)
    return dict.fromkeys(value for value in found if value is not None)


def _digests(commands: Sequence[Command]) -> Iterable[str]:
    found = (getattr(command, "personal", None) for command in commands)
    return dict.fromkeys(one.digest for one in found if isinstance(one, Personal))


def _unit(row: tuple[Any, ...]) -> UnitFacts:
    unit_id, kind, bureau_id, parent_id, city, county, industry, jurisdiction = row
    return UnitFacts(
        UUID(str(unit_id)),
        UnitKind(kind),
        bureau_id,
        parent_id,
        city,
        county,
        industry,
        jurisdiction,
    )
