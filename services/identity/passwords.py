"""Passwords (密码): argon2id at 19 MiB, in threads, and never more than a few at once."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from libs.decider import Refused
from libs.runtime import refusals
from services.identity.names import pinyin
from services.identity.rules.account import PASSWORD_WEAK
from services.identity.vault import Details

T = TypeVar("T")

AT_ONCE = 2
MOST_WAITING = 200
SHORTEST, LONGEST = 8, 128
CLASSES = 3
_CLASSES = [re.compile(p) for p in (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")]
_COMMON = re.compile(
    r"(?i)^(passw[o0]rd|p@ssw[o0]rd|qwerty|admin|abc|aa|123|111|000|guangxi|jixujiaoyu).{0,9}$"
)


class Passwords:
    """Hashes and verifies, off the event loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(AT_ONCE, "argon2")
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The hash to keep. Refused: BUSY."""
        return await self._in_turn(self._hasher.hash, password)

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; as long for an account that is none. Refused: BUSY."""
        return await self._in_turn(self._verify, kept, password)

    def _verify(self, kept: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(kept or self._nobody, password) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False

    async def _in_turn(self, work: Callable[..., T], *words: str | None) -> T:
        if self._waiting >= MOST_WAITING:
            raise Refused(refusals.BUSY)
        self._waiting += 1
        try:
            async with self._turn:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._threads, work, *words)
        finally:
            self._waiting -= 1


def check(password: str, details: Details | None = None) -> None:
    """Strong enough, and not about the person, if it is known who. Refused: PASSWORD_WEAK."""
    classes = sum(bool(found.search(password)) for found in _CLASSES)
    weak = (
        not SHORTEST <= len(password) <= LONGEST
        or classes < CLASSES
        or len(set(password)) < SHORTEST // 2
        or bool(_COMMON.fullmatch(password))
    )
    if weak or is_about(password, details):
        raise Refused(PASSWORD_WEAK)


def is_about(password: str, details: Details | None) -> bool:
    """Whether something that others know of the person is in it."""
    if details is None:
        return False
    known = (details.number[-6:].lower(), details.mobile[-8:], pinyin(details.name))
    return any(len(part) >= 6 and part in password.lower() for part in known)
