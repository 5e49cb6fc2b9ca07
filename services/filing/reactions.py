"""What other contexts' events mean for filing: rows, and no commands."""

from libs.runtime.following import RowsOnly, people
from libs.runtime.following.packs import EXTENSIONS, PACKS, packs
from services.filing import grants

REACTIONS = {
    "identity": RowsOnly((people.units, people.bases, people.sessions)),
    "policy": RowsOnly((packs,)),
    "hours": RowsOnly((grants.grants,)),
}

FOREIGN = (people.UNITS, people.UNIT_NAMES, people.BASES, PACKS, EXTENSIONS, *grants.FOLLOWED)
