"""The key that tokens are signed with, and the public ones that other services read.

Two public keys are good at a time: the next is published before it signs, the last stays until
its tokens have expired.
"""

import json
from datetime import datetime
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from libs.events.envelope import Actor
from libs.runtime import tokens


def new_key() -> str:
    """A new signing key as JWK in JSON, for JIXU_IDENTITY_SIGNING_KEY."""
    key = OKPKey.generate_key("Ed25519")
    key.ensure_kid()
    return json.dumps(key.as_dict(private=True))


def public_set(*keys: str) -> str:
    """The public parts of these keys as JWKS, for the file that JIXU_TOKEN_KEYS names."""
    return json.dumps({"keys": [_public(key) for key in keys if key]})


def _public(key: str) -> dict[str, object]:
    found = OKPKey.import_key(json.loads(key))
    found.ensure_kid()
    return dict(found.as_dict(private=False))


def write(file: Path, signing_key: str, other_key: str) -> None:
    """Publish them for the services of this machine."""
    new = file.with_suffix(".new")
    new.write_text(public_set(signing_key, other_key))
    new.replace(file)


class Signer:
    """Signs tokens."""

    def __init__(self, key: str) -> None:
        try:
            self._key = OKPKey.import_key(json.loads(key))
            self._key.ensure_kid()
        except (JoseError, ValueError):
            raise SystemExit("JIXU_IDENTITY_SIGNING_KEY: an Ed25519 JWK is wanted") from None

    def token(self, actor: Actor, now: datetime) -> str:
        """A token for this actor, for five minutes."""
        return tokens.sign(actor, self._key, now)
