"""The keys of a province on one machine: made once, kept beside its data, readable to its owner."""

import json
import os
from pathlib import Path
from secrets import token_hex
from typing import Any

from joserfc.jwk import KeySet, OKPKey

BYTES = 32


def secrets_of(folder: Path) -> dict[str, str]:
    """The province's keys; made where there are none. Other services get the public one alone."""
    file = folder / "secrets.json"
    if not file.exists():
        signing = OKPKey.generate_key("Ed25519", {"kid": token_hex(8), "use": "sig"})
        made = {
            "password": token_hex(BYTES),
            "aside": token_hex(BYTES),
            "texts": token_hex(BYTES),
            "match": token_hex(BYTES),
            "vault": token_hex(BYTES),
            "signing": json.dumps(signing.as_dict(private=True)),
        }
        public: Any = KeySet([signing]).as_dict(private=False)
        (folder / "token-keys.json").write_text(json.dumps(public))
        _write(file, json.dumps(made))
    found: dict[str, str] = json.loads(file.read_text())
    return found


def _write(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
    new.replace(file)
