"""Papers (PDF) from a layout and data, by typst. Data never becomes source text of the layout."""

import asyncio
import json
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
        """The layout filled with this data (JSON, as `sys.inputs.data`); off the event loop.

        `at`: when it says it was made, in the zone that it shows.
        """
        return await asyncio.to_thread(self.page, layout, data, at)

    def page(self, layout: Path, data: Mapping[str, Any], at: datetime | None = None) -> bytes:
        """The same, in this thread."""
        printed = self._compiler(layout).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=at and at.replace(microsecond=0),  # it refuses a finer one
        )
        if not isinstance(printed, bytes):
            raise TypeError("typst gave no PDF")
        return printed

    def _compiler(self, layout: Path) -> typst.Compiler:
        """One for each thread and layout: to make it anew costs a sixth of a page."""
        own: dict[str, Any] = self._of_thread.__dict__
        name = str(layout)
        if name not in own:
            own[name] = typst.Compiler(name, root=str(layout.parent), font_paths=self._fonts)
        found: typst.Compiler = own[name]
        return found
