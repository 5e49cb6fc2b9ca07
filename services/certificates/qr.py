"""The QR of a certificate: where it is verified, its number, and a signature that needs no network.

The signature is over number, title, year and a digest of the holder. The digest is not in the
QR: who verifies offline types name, masked number and title from the paper.
"""

import base64
import binascii
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from services.certificates.keys import Jwks, Signing, verifies

MOST_CHARACTERS = 150
ED25519 = "1"  # the algorithm's id; another algorithm will have another
_TEXT = re.compile(
    r"(?P<address>\S+)/(?P<number>[0-9A-HJKMNP-TV-Z]{15})"
    r"\?(?P<algorithm>[0-9])\.(?P<kid>[a-z0-9]{1,4})\.(?P<signature>[A-Za-z0-9_-]{86})"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a certificate says of itself and its holder, as it is printed."""

    number: str
    title: str
    name: str
    masked_number: str

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        year = self.number[:4]
        holder = holder_digest(self.name, self.masked_number)
        title = _plain(self.title).strip("《》")
        return "\n".join(("jixu-certificate", self.number, title, year, holder)).encode()


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR's text, taken apart."""

    number: str
    algorithm: str
    kid: str
    signature: bytes

    @property
    def tail(self) -> str:
        """What follows the question mark."""
        return f"{self.algorithm}.{self.kid}.{_base64(self.signature)}"


def holder_digest(name: str, masked_number: str) -> str:
    """SHA-256 of the name and the masked number as printed."""
    return hashlib.sha256(f"{_plain(name)}\n{_plain(masked_number)}".encode()).hexdigest()


def _plain(text: str) -> str:
    """One way of writing: composed, without spaces, asterisks of one width."""
    return "".join(unicodedata.normalize("NFC", text).replace("＊", "*").split())


def text(address: str, paper: Paper, signing: Signing) -> str:
    """The QR's text. ValueError when the address makes it too long; Refused: NO_KEYS."""
    signed = Qr(paper.number, ED25519, signing.kid, signing.sign(paper.signed))
    found = f"{address}/{signed.number}?{signed.tail}"
    if len(found) > MOST_CHARACTERS:
        raise ValueError(f"the QR would have {len(found)} characters: shorten {address}")
    return found


def read(scanned: str) -> Qr | None:
    """The parts of a scanned text; None when it is not one of ours."""
    found = _TEXT.fullmatch(scanned.strip())
    if found is None:
        return None
    return of(found["number"], f"{found['algorithm']}.{found['kid']}.{found['signature']}")


def of(number: str, tail: str) -> Qr | None:
    """The same from a number and what followed the question mark."""
    try:
        algorithm, kid, signature = tail.split(".")
        return Qr(number, algorithm, kid, base64.b64decode(signature + "==", b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None


def genuine(qr: Qr, paper: Paper, jwks: Jwks) -> bool:
    """Whether the platform signed exactly this paper. Whether it still holds, only it can say."""
    if qr.algorithm != ED25519 or qr.number != paper.number:
        return False
    return verifies(jwks, qr.kid, qr.signature, paper.signed)


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
