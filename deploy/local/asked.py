"""Numbers that a person gives in the environment, read before anything is started."""

import os

from deploy.local.troubles import Trouble


def number(name: str, usual: int, least: int, most: int) -> int:
    """What this variable says, or the usual. Trouble where it is no whole number in between."""
    said = os.environ.get(name, "").strip() or str(usual)
    if not (said.isascii() and said.isdigit() and least <= int(said) <= most):
        raise Trouble(f"{name}={said}: not a whole number from {least} to {most}.")
    return int(said)
