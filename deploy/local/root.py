"""PostgreSQL refuses to run as root: how it is run where everything else is root's."""

import os
import subprocess
import sys
from functools import cache

from deploy.local.process import leash

NOBODY = "65534"


def user_of_server() -> str:
    """The leash's word for the user that PostgreSQL runs as (see leash.py)."""
    return choose_user(os.geteuid(), namespaces=os.geteuid() == 0 and namespaces_work())


def choose_user(uid: int, *, namespaces: bool) -> str:
    """Who is not root stays; root enters a user namespace, or becomes nobody where it may not."""
    if uid != 0:
        return "same"
    return "unmapped" if namespaces else NOBODY


@cache
def namespaces_work() -> bool:
    """Whether this machine lets root into a user namespace (many containers don't)."""
    words = [*leash(user="unmapped"), sys.executable, "-I", "-S", "-c", ""]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
