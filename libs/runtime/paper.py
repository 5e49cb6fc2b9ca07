"""Papers (PDF) from a layout and data, by typst. Data never becomes source text of the layout."""

import asyncio
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import typst


class Press:
    """Prints layouts in the fonts of one folder; the system's fonts play no part."""

    def __init__(self, fonts: Path) -> None:
        self._folder = fonts

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

    async def print(self, layout: Path, data: Mapping[str, Any]) -> bytes:
        """The layout filled with this data (JSON, as `sys.inputs.data`); off the event loop."""
        return await asyncio.to_thread(self._print, layout, data)

    def _print(self, layout: Path, data: Mapping[str, Any]) -> bytes:
        compiler = typst.Compiler(
            str(layout),
            root=str(layout.parent),
            font_paths=self._fonts,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        printed = compiler.compile(format="pdf")
        if not isinstance(printed, bytes):
            raise TypeError("typst gave no PDF")
        return printed
