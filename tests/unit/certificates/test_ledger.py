"""学时档案 as certificates know it: an entry leaves once, for what it left for first."""

from uuid import UUID

from libs.events.hours import RevokedFor
from services.certificates.state import Ledger

ENTRY = UUID(int=7)


def test_what_an_entry_left_for_first_stays_its_cause() -> None:
    gone = Ledger().leaves(2024, ENTRY, RevokedFor.DELETED)
    assert gone.leaves(2024, ENTRY, RevokedFor.WITHDRAWN).year(2024).left == {
        ENTRY: RevokedFor.DELETED
    }
