"""What can go wrong on somebody's machine, each told in one sentence that says what to do."""

import errno
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit


class Trouble(Exception):
    """Set-up or a start can't go on; the message is for a person."""


MORE_MEMORY = (
    "Close something, raise the limit (of the container, or ulimit -v), or give addresses of "
    "servers elsewhere (POSTGRES_ADDRESS, KAFKA_ADDRESS)."
)
DISK = "The disk is full: {free:.1f} GB free at {place}, {needed:.1f} GB needed. Make room, repeat."
MEMORY = (
    "Too little memory: {free} MB available, {needed} MB needed for Kafka and PostgreSQL. "
    + MORE_MEMORY
)
NO_MEMORY = "{what} could not have the memory that it needs. " + MORE_MEMORY + " Its log: {log}"
PORT_TAKEN = "Port {port} is taken by another program. Name another: PORT={other} make run"
NOT_A_FOLDER = "{path} is a file, and has to be a folder. Move it away, and repeat."
UNREADABLE = (
    "The province's data in {place} can't be read: they were made by another user, or in another "
    "container. Start it as that user, or remove the folder to begin anew."
)
FILES = "{path}: {reason}."
NOT_WRITTEN = FILES + " Let this user write there, and repeat."
NO_POSTGRES = "PostgreSQL doesn't do what it is asked for: {said}"
NOT_MIGRATED = "Databases and topics could not be brought up to this release: {last} (log: {log})"
NO_PROVINCE = (
    "No province is up here: start one with make run, and wait until it says that it is up."
)
NO_DAYS = "Say how many days go by, from 1 to 366: make later DAYS=6"
PROVINCE_UP = (
    "The province is up{where}, and all that it holds would be gone: stop it first, with Ctrl-C "
    "where it runs, and repeat."
)
AT_WORK = "{place} is in use by a demo, a test or another run: wait for its end, and repeat."
SETTING_UP = "A set-up is at work in this folder: wait for its end, and repeat."
NOT_YOURS = "{place} was made by another user: make clean as that user."
HALF_LOADED = (
    "These databases hold a province whose sample was not loaded to its end. "
    "Drop the databases named jixu_*, or name other servers, and repeat."
)
NETWORK = "No network: {what} could not be fetched. What was fetched is kept; repeat when {way}."
CERTIFICATE = (
    "{what} could not be fetched: this machine doesn't trust the server's certificate. "
    "If a proxy of your network has its own, add it to the system's certificates or set PIP_CERT."
)
NO_ENSUREPIP = (
    "This Python can't make virtual environments. "
    "On Debian or Ubuntu: apt install python3-venv; or name another: make demo PYTHON=python3.12"
)
NO_IMAGES = (
    "No container engine answers that has the images {postgres} and {kafka}, so there is nothing "
    "to check. Pull them first: docker pull {postgres}; docker pull {kafka}"
)

_FORBIDS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SIGNS = (
    (r"No space left on device|ENOSPC|Disk quota exceeded", "The disk became full. Make room."),
    (r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|UNABLE_TO_.*CERT", CERTIFICATE),
    (
        r"NewConnectionError|NameResolutionError|name resolution|ENOTFOUND|EAI_AGAIN|ECONNREFUSED"
        r"|ENETUNREACH|ETIMEDOUT|Network is unreachable|Max retries exceeded|from versions: none",
        NETWORK,
    ),
    (r"ensurepip is not available|No module named '?ensurepip", NO_ENSUREPIP),
)


def explain(what: str, output: str, environment: Mapping[str, str] = os.environ) -> str:
    """The sentence for a failed program, read off what it printed."""
    for sign, sentence in _SIGNS:
        if re.search(sign, output):
            return sentence.format(what=what, way=_way(environment))
    return f"{what} could not be set up: {last_line(output)} (all of it in .local/setup.log)"


def last_line(output: str) -> str:
    """The last that a program printed; of a trace that is the cause."""
    said = (line.strip() for line in reversed(output.splitlines()))
    return next((line for line in said if line), "no output")


def _way(environment: Mapping[str, str]) -> str:
    """Out of this machine, as it is set up. Of a proxy its host alone: it may have a password."""
    if said := environment.get("HTTPS_PROXY") or environment.get("https_proxy"):
        host = urlsplit(said if "//" in said else f"//{said}").hostname
        return f"the proxy answers that HTTPS_PROXY names ({host}), or without HTTPS_PROXY"
    return "the machine is connected, or with HTTPS_PROXY set where a proxy leads out"


def of_files(error: OSError) -> str:
    """The sentence for what the system refused: which file, and why."""
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return f"This machine's system refused: {reason}."
    sentence = NOT_WRITTEN if error.errno in _FORBIDS else FILES
    return sentence.format(path=error.filename, reason=reason)


def folders(*paths: Path) -> None:
    """Trouble where something else than a folder stands in its place."""
    for path in paths:
        if path.exists() and not path.is_dir():
            raise Trouble(NOT_A_FOLDER.format(path=path))


def too_full(place: str, free: int, needed: int) -> str | None:
    """The sentence if so few bytes are free there."""
    if free >= needed:
        return None
    return DISK.format(free=free / 1e9, needed=needed / 1e9, place=place)


def too_little_memory(free: int | None, needed: int) -> str | None:
    """The sentence if fewer megabytes are free than needed; a system that doesn't say has them."""
    if free is None or free >= needed:
        return None
    return MEMORY.format(free=free, needed=needed)
