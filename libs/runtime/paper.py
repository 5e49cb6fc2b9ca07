"""Papers (PDF) from a layout and data, by typst. Data never becomes source text of the layout.

The data lies beside the layout as a file while its page is made. Typst keeps what it has laid
out for as long as nothing that it read has changed; given as `sys.inputs`, the data changes
what every part of a page may read, and the page costs half as much again.
"""

import asyncio
import json
import shutil
import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typst


class Press:
    """Prints layouts in the fonts of one folder; the system's fonts play no part."""

    def __init__(self, fonts: Path) -> None:
        self._folder = fonts
        self._of_thread = threading.local()

    @cached_property
    def _fonts(self) -> typst.Fonts:
        found = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(self._folder)],
        )
        if not found.families():  # typst would print boxes and say nothing
            raise FileNotFoundError(f"no fonts in {self._folder}")
        return found

    async def print(
        self, layout: Path, data: Mapping[str, Any], at: datetime | None = None
    ) -> bytes:
        """The layout filled with this data (`data.json`); off the event loop.

        `at`: when it says it was made, in the zone that it shows.
        """
        return await asyncio.to_thread(self.page, layout, data, at)

    def page(self, layout: Path, data: Mapping[str, Any], at: datetime | None = None) -> bytes:
        """The same, in this thread."""
        desk = self._desk(layout)
        desk.data.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        try:
            printed = desk.compiler.compile(
                format="pdf",
                timestamp=at and at.replace(microsecond=0),  # it refuses a finer one
            )
        finally:
            desk.data.unlink()
        if not isinstance(printed, bytes):
            raise TypeError("typst gave no PDF")
        return printed

    def _desk(self, layout: Path) -> "_Desk":
        """One for each thread and layout: to make it anew costs a sixth of a page."""
        own: dict[str, Any] = self._of_thread.__dict__
        name = str(layout)
        if name not in own:
            own[name] = _Desk(layout, self._fonts)
        found: _Desk = own[name]
        return found


class _Desk:
    """A compiler with a folder of its own, in which the layout and a page's data lie."""

    def __init__(self, layout: Path, fonts: typst.Fonts) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="paper-")  # nobody else may read it
        folder = Path(self._folder.name)
        mine = Path(shutil.copy(layout, folder))
        self.data = folder / "data.json"
        self.compiler = typst.Compiler(str(mine), root=str(folder), font_paths=fonts)
