"""`make clean`: not while somebody works in what it removes."""

import sys

from deploy.local.folders import LOCK, is_held
from deploy.local.layout import LOCAL, PROVINCE, SETUP_LOCK
from deploy.local.troubles import AT_WORK, NOT_YOURS, PROVINCE_UP, SETTING_UP


def main() -> int:
    """0 if all may be removed; else a sentence that says who works there."""
    try:
        told = at_work()
    except PermissionError as refused:
        told = NOT_YOURS.format(place=refused.filename)
    if told:
        print(told, file=sys.stderr)
    return 1 if told else 0


def at_work() -> str | None:
    """The sentence about a province, a demo, tests or a set-up at work in .local."""
    if is_held(PROVINCE / LOCK):
        address = PROVINCE / "address"
        return PROVINCE_UP.format(where=f" at {address.read_text()}" if address.exists() else "")
    if is_held(SETUP_LOCK):
        return SETTING_UP
    locks = (lock for lock in LOCAL.glob(f"*/{LOCK}") if is_held(lock))
    return next((AT_WORK.format(place=lock.parent) for lock in locks), None)
