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

from libs.decider import Kind, Refused, Rule, conventions
from libs.runtime.documents.glyphs import Glyphs

FAMILIES = ("NotoSerifSC", "NotoSerifJP", "NotoSansSC")
"""What every layout sets in, in this order: the later ones have the rare characters."""

NOT_PRINTABLE = Rule(
    "character-not-printable",
    "内容中有字库没有的字，无法打印",
    conventions.PRINTING,
    "请改用字库已有的字，或以拼音、文字说明代替；姓名、单位名称用字请联系客服补充字库",
    Kind.INVALID,
)


class Press:
    """Prints layouts in the fonts of one folder; the system's fonts play no part.

    What they have not is refused, since typst would print a box and say nothing.
    """

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

        `at`: when it says it was made, in the zone that it shows. Refused: NOT_PRINTABLE.
        """
        return await asyncio.to_thread(self.page, layout, data, at)

    def page(self, layout: Path, data: Mapping[str, Any], at: datetime | None = None) -> bytes:
        """The same, in this thread."""
        words = json.dumps(data, ensure_ascii=False)
        if missing := self.missing(words):
            raise Refused(NOT_PRINTABLE.because(f"缺少：{missing}"))
        desk = self._desk(layout)
        desk.data.write_text(words, "utf-8")
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

    async def accepts(self, texts: Mapping[str, Any]) -> None:
        """What somebody wrote, by field, before it is kept: it will be printed. Refused:
        NOT_PRINTABLE, on the first field that can't be."""
        await asyncio.to_thread(self._accepts, texts)

    def _accepts(self, texts: Mapping[str, Any]) -> None:
        for field, said in texts.items():
            if missing := self.missing(json.dumps(said, ensure_ascii=False)):
                raise Refused(NOT_PRINTABLE.on(field).because(f"缺少：{missing}"))

    def missing(self, text: str) -> str:
        """The characters of a text that can't be printed; the first call reads the fonts."""
        return self._glyphs.missing(text)

    @cached_property
    def _glyphs(self) -> Glyphs:
        return Glyphs(p for f in FAMILIES for p in sorted(self._folder.glob(f"{f}_400*.ttf")))

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
