"""The keys that sign certificates (Ed25519), two at a time: the first signs, both verify.

python -m services.certificates.keys FILE    a new key in front, the older of two goes
"""

import json
import os
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc.jwk import KeySet, OKPKey

from libs.decider import Kind, Refused, Rule, conventions

AT_A_TIME = 2
NO_KEYS = Rule(
    "signing-keys-missing",
    "证书签名密钥尚未配置",
    conventions.PRINTING,
    "请联系客服",
    Kind.BEHIND,
)

Jwks = Mapping[str, Any]


def verifies(jwks: Jwks, kid: str, signature: bytes, message: bytes) -> bool:
    """Whether this key, of these public keys, signed this message."""
    for key in KeySet.import_key_set(dict(jwks)).keys:  # type: ignore[arg-type]
        public = key.raw_value
        if key.kid != kid or not isinstance(public, Ed25519PublicKey | Ed25519PrivateKey):
            continue
        if isinstance(public, Ed25519PrivateKey):
            public = public.public_key()
        try:
            public.verify(signature, message)
        except InvalidSignature:
            return False
        return True
    return False


class Signing:
    """The keys in a file, read when they are first needed."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    @cached_property
    def _keys(self) -> list[OKPKey]:
        if self._file is None or not self._file.is_file():
            raise Refused(NO_KEYS)
        found = KeySet.import_key_set(json.loads(self._file.read_text())).keys
        return [key for key in found if isinstance(key, OKPKey)]

    @property
    def kid(self) -> str:
        """The name of the key that signs. Refused: NO_KEYS."""
        return str(self._keys[0].kid)

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Refused: NO_KEYS."""
        private = self._keys[0].raw_value
        if not isinstance(private, Ed25519PrivateKey):
            raise Refused(NO_KEYS)
        return private.sign(message)

    @cached_property
    def public(self) -> Jwks:
        """The public keys, as everybody may have them. Refused: NO_KEYS."""
        return {
            "keys": [
                {**key.as_dict(private=False), "use": "sig", "alg": "Ed25519"} for key in self._keys
            ]
        }


def ensure(file: Path) -> None:
    """A first key, where there is none."""
    if not file.exists():
        rotate(file)


def rotate(file: Path) -> str:
    """A new key in front; what the older of two signed is no longer verified offline."""
    old = json.loads(file.read_text())["keys"] if file.exists() else []
    number = 1 + max((int(str(key["kid"])[1:]) for key in old), default=0)
    key = OKPKey.generate_key("Ed25519", {"kid": f"k{number}"})
    kept = [key.as_dict(private=True), *old][:AT_A_TIME]
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({"keys": kept}, out)
    new.replace(file)
    return f"k{number}"


if __name__ == "__main__":
    sys.stdout.write(f"{rotate(Path(sys.argv[1]))} signs from now on\n")
