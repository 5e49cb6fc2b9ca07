"""What the requests of certificates work with beside the machinery: keys, press."""

from dataclasses import dataclass

from services.certificates.keys import Signing
from services.certificates.paper import Printer
from services.certificates.settings import CertificatesSettings


@dataclass(frozen=True)
class Counter:
    """Keys to sign with, a printer to print with, and what papers say."""

    signing: Signing
    printer: Printer
    office: str
    address: str

    @classmethod
    def of(cls, settings: CertificatesSettings) -> "Counter":
        """As this process is told."""
        return cls(
            Signing(settings.keys),
            Printer(settings.fonts),
            settings.office,
            settings.address.rstrip("/"),
        )
