"""Stamps: what a finished step was made from, so that it is done again only when that changes."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deploy.local.layout import LOCAL, ROOT


@dataclass(frozen=True)
class Stamp:
    """The mark of one step: its inputs, and what it leaves."""

    name: str
    inputs: Sequence[Path]
    leaves: Path

    @property
    def file(self) -> Path:
        """Where the mark lies."""
        return LOCAL / "stamps" / self.name

    def digest(self) -> str:
        """Of the inputs, and of the place and machine that what is made depends on."""
        words = (str(ROOT), platform.machine())
        content = b"".join(path.read_bytes() for path in self.inputs)
        return sha256("\n".join(words).encode() + content).hexdigest()

    def stands(self) -> bool:
        """Whether the step was finished from just these inputs."""
        try:
            return self.file.read_text() == self.digest() and self.leaves.exists()
        except FileNotFoundError:
            return False

    def remove(self) -> None:
        """Before the step begins: an interrupted step is no finished one."""
        self.file.unlink(missing_ok=True)

    def set(self) -> None:
        """After the step."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.digest())
