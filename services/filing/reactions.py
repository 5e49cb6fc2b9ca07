"""What other contexts' events mean for filing: rows, and no commands."""

from libs.runtime.following import RowsOnly, laws, people
from services.filing import grants

REACTIONS = {
    "identity": RowsOnly((people.units, people.bases, people.sessions)),
    "policy": RowsOnly((laws.laws,)),
    "hours": RowsOnly((grants.grants,)),
}

FOREIGN = (
    people.UNITS,
    people.UNIT_NAMES,
    people.BASES,
    *laws.FOLLOWED,
    *grants.FOLLOWED,
)
