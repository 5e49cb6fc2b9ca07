"""What decisions about certificates know: the person's certificates, the ledger, the law."""

from services.certificates.state.holder import Certificate, Holder, Judged, evolve
from services.certificates.state.known import Known, Place
from services.certificates.state.ledger import Entry, Ledger, Year

__all__ = [
    "Certificate",
    "Entry",
    "Holder",
    "Judged",
    "Known",
    "Ledger",
    "Place",
    "Year",
    "evolve",
]
