"""纸质证书: the certificate as an A4 PDF, with a QR that leads to its live state."""

from services.certificates.paper.printing import Printer
from services.certificates.paper.words import Printed, printed

__all__ = ["Printed", "Printer", "printed"]
