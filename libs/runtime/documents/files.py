"""Files that people upload (附件), by owner and content. A folder here; an object store later.

A file belongs to its owner: the same bytes of another owner are another file. It is stored
before the event that names it, and goes when its owner is erased.
"""

import asyncio
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from libs.decider import Kind, Refused, Rule, conventions
from libs.decider.refusals import NOT_FOUND

MOST_BYTES = 10 * 1024 * 1024

_BEGINS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}

WRONG_TYPE = Rule(
    "file-of-another-type",
    "文件类型不符",
    conventions.SIZES,
    "请上传 PDF、PNG 或 JPEG 文件",
    Kind.INVALID,
    "file",
)
FILE_TOO_LARGE = Rule(
    "file-too-large", "文件超过 10 MB", conventions.SIZES, "请压缩后上传", Kind.OVERSIZED, "file"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it can be found again."""

    digest: str
    type: str


class Files(Protocol):
    """Where files are kept."""

    async def put(self, owner: UUID, content: bytes) -> Stored:
        """Keep it. Refused: WRONG_TYPE, FILE_TOO_LARGE."""

    async def get(self, owner: UUID, digest: str) -> tuple[Stored, bytes]:
        """It again. Refused: NOT_FOUND."""

    async def has(self, owner: UUID, digest: str) -> bool:
        """Whether it is kept."""

    async def erase(self, owner: UUID) -> None:
        """Everything of this owner goes."""


def type_of(content: bytes) -> str:
    """The type that the content itself shows. Refused: WRONG_TYPE."""
    for kind, begin in _BEGINS.items():
        if content.startswith(begin):
            return kind
    raise Refused(WRONG_TYPE)


class Folder:
    """Files in a folder, one folder an owner."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, owner: UUID, content: bytes) -> Stored:
        """Written whole or not at all, and on the disk when this returns."""
        if len(content) > MOST_BYTES:
            raise Refused(FILE_TOO_LARGE)
        stored = Stored(sha256(content).hexdigest(), type_of(content))
        await asyncio.to_thread(self._write, self._root / str(owner) / stored.digest, content)
        return stored

    async def get(self, owner: UUID, digest: str) -> tuple[Stored, bytes]:
        """Read; the digest is checked, so that a damaged file is never handed out."""
        try:
            content = await asyncio.to_thread((self._root / str(owner) / digest).read_bytes)
        except OSError:
            raise Refused(NOT_FOUND) from None
        if sha256(content).hexdigest() != digest:
            raise Refused(NOT_FOUND)
        return Stored(digest, type_of(content)), content

    async def has(self, owner: UUID, digest: str) -> bool:
        """One look at the folder."""
        return await asyncio.to_thread((self._root / str(owner) / digest).is_file)

    async def erase(self, owner: UUID) -> None:
        """The owner's folder goes."""
        await asyncio.to_thread(shutil.rmtree, self._root / str(owner), ignore_errors=True)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{os.getpid()}.{id(content)}.new")
        with new.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
