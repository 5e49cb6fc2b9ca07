"""Whether this machine has room for local servers, asked before anything is started."""

import shutil

from deploy.local import memory
from deploy.local.choice import Binaries, Choice
from deploy.local.layout import ROOT
from deploy.local.troubles import Trouble, too_full, too_little_memory

DISK = 10**9  # bytes
MEMORY = 700  # megabytes: a broker takes 250, PostgreSQL and the services the rest


def enough_room(choice: Choice) -> None:
    """Raise the sentence if local servers wouldn't fit."""
    if not any(isinstance(way, Binaries) for way in (choice.postgres, choice.kafka)):
        return
    short = too_little_memory(memory.available(), MEMORY)
    if lack := short or too_full(str(ROOT), shutil.disk_usage(ROOT).free, DISK):
        raise Trouble(lack)
