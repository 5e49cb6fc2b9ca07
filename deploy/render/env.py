"""`python -m deploy.render.env`: a .env for docker-compose.yml, with secrets of its own."""

import argparse
import json
import os
import sys
from pathlib import Path
from secrets import token_hex
from typing import Any

from joserfc.jwk import KeySet, OKPKey

from deploy.render.compose import PASSWORDS, asked
from deploy.roles import Made

BYTES = 32
SAID = {
    "JIXU_CERTIFICATES_ADDRESS": "http://127.0.0.1:8106/v",
    "JIXU_CERTIFICATES_OFFICE": "广西壮族自治区人力资源和社会保障厅",
}


def made(folder: Path) -> None:
    """Write .env and keys/token-keys.json into this folder. FileExistsError: never a second one."""
    signing = OKPKey.generate_key("Ed25519", {"kid": token_hex(8), "use": "sig"})
    public: Any = KeySet([signing]).as_dict(private=False)
    values = {"KEYS": "./keys"} | {name: token_hex(BYTES) for name in PASSWORDS}
    for setting in asked():
        match setting.made:
            case Made.HEX:
                values[setting.name] = token_hex(BYTES)
            case Made.SIGNING:
                values[setting.name] = json.dumps(signing.as_dict(private=True))
            case _:
                values[setting.name] = SAID.get(setting.name, "")
    lines = [f"{name}='{value}'" for name, value in values.items()]
    path = os.open(folder / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(path, "w") as out:
        out.write("\n".join([*lines, ""]))
    keys = folder / "keys"
    keys.mkdir(exist_ok=True)
    (keys / "token-keys.json").write_text(json.dumps(public))


def main(arguments: list[str], folder: Path) -> None:
    """Write them here; SystemExit with a sentence where they are already. --help writes nothing."""
    about = "Writes .env and keys/token-keys.json into this folder, with secrets of its own."
    argparse.ArgumentParser(prog="python -m deploy.render.env", description=about).parse_args(
        arguments
    )
    try:
        made(folder)
    except FileExistsError:
        raise SystemExit(
            ".env is here already, and is kept: what it opens would be lost with it. "
            "Move it away first, if you mean to start anew."
        ) from None
    sys.stdout.write(
        "Written: .env, keys/token-keys.json. Keep both; neither is ever committed.\n"
        "Next: docker compose up --build\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:], Path.cwd())
