"""The vault (保险库): who people are, encrypted at rest, found by keyed digest.

AES-256-GCM; the row belongs to its person (additional data), so that rows can't be swapped. The
first key seals, every key opens; a sealed row names its key by four bytes.
"""

from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from libs.events.documents import Document, DocumentKind, digest_of, text_digest
from libs.events.documents.matching import plain_name
from services.identity.commands import Personal
from services.identity.names import initials, pinyin

_NONCE = 12
_KEY_NAME = 4
_KEY = 32


class Details(msgspec.Struct, frozen=True):
    """What is known of a person. Never printed."""

    kind: DocumentKind
    number: str
    name: str
    mobile: str = ""
    email: str = ""
    proofs: tuple[str, ...] = ()  # on which name or number were corrected

    @property
    def document(self) -> Document:
        """The document, whose number was checked when it came in."""
        return Document(self.kind, self.number)

    def __repr__(self) -> str:
        return "Details()"


class Vault:
    """Seals and opens people's details, and digests their numbers."""

    def __init__(self, keys: str, match_key: str) -> None:
        found = [bytes.fromhex(key.strip()) for key in keys.split(",") if key.strip()]
        if not found or any(len(key) != _KEY for key in found):
            raise SystemExit("JIXU_IDENTITY_VAULT_KEYS: 32 bytes in hexadecimal are wanted")
        self.match_key = bytes.fromhex(match_key)
        if len(self.match_key) != _KEY:
            raise SystemExit("JIXU_MATCH_KEY: 32 bytes in hexadecimal are wanted")
        self._ciphers = {sha256(key).digest()[:_KEY_NAME]: AESGCM(key) for key in found}
        self._first = found[0]

    def seal(self, person_id: UUID, details: Details) -> bytes:
        """The details, unreadable without a key."""
        name = sha256(self._first).digest()[:_KEY_NAME]
        nonce = token_bytes(_NONCE)
        plain = msgspec.msgpack.encode(details)
        return name + nonce + self._ciphers[name].encrypt(nonce, plain, person_id.bytes)

    def open(self, person_id: UUID, sealed: bytes) -> Details:
        """The details again. KeyError when the key is gone."""
        name, nonce = sealed[:_KEY_NAME], sealed[_KEY_NAME : _KEY_NAME + _NONCE]
        cipher = self._ciphers[name]
        plain = cipher.decrypt(nonce, sealed[_KEY_NAME + _NONCE :], person_id.bytes)
        return msgspec.msgpack.decode(plain, type=Details)

    def personal(self, person_id: UUID, details: Details) -> Personal:
        """The rows of this person."""
        return Personal(
            digest=digest_of(details.document, self.match_key),
            name_digest=text_digest(plain_name(details.name), self.match_key),
            sealed=self.seal(person_id, details),
            name=details.name,
            pinyin=pinyin(details.name),
            initials=initials(details.name),
            masked=details.document.masked,
        )

    def derived(self, use: bytes) -> bytes:
        """A key of its own for another use, from the first key."""
        return HKDF(hashes.SHA256(), _KEY, salt=None, info=use).derive(self._first)
