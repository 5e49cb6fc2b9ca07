"""How a code reaches a mobile: a small interface, and the local one that writes into a folder."""

import asyncio
import json
from pathlib import Path
from typing import Protocol


class Sender(Protocol):
    """Sends short messages (短信)."""

    async def send(self, mobile: str, text: str) -> None:
        """Send this text to this mobile; OSError when it can't be done now."""


class LocalSender:
    """For one machine: one line a message in `sent.jsonl` of a folder that nobody else reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, mobile: str, text: str) -> None:
        """Write it down."""
        await asyncio.to_thread(self._write, json.dumps([mobile, text], ensure_ascii=False))

    def _write(self, line: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "sent.jsonl").open("a") as file:
            file.write(line + "\n")
