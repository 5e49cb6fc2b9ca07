"""From words to PDF, by typst in a thread (it releases the lock of the interpreter)."""

import asyncio
import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

import typst
import zxingcpp

from libs.decider import Refused, Rule, Source
from services.certificates.paper.glyphs import Glyphs

TEMPLATE = Path(__file__).with_name("certificate.typ")
FAMILIES = ("NotoSerifSC", "NotoSerifJP")  # the second has the rare characters of the first's gaps
NAME_NOT_PRINTABLE = Rule(
    "name-not-printable",
    "姓名或单位名称中有字库没有的字，不能打印证书",
    Source("平台约定 证书", "打印"),
    "请联系客服补充字库，证书本身有效，可凭编号验证",
)


class Press:
    """Prints certificates; fonts and template are loaded once, a compiler for each thread."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._own = threading.local()

    async def print(self, page: Mapping[str, object], qr: str, at: datetime) -> bytes:
        """The PDF of one certificate. Refused: NAME_NOT_PRINTABLE."""
        return await asyncio.to_thread(self.page, page, qr, at)

    def page(self, page: Mapping[str, object], qr: str, at: datetime) -> bytes:
        """The same, in this thread."""
        said = json.dumps(page, ensure_ascii=False)
        if missing := self._glyphs.missing(said):
            raise Refused(NAME_NOT_PRINTABLE.because(f"缺少：{missing}"))
        code = zxingcpp.create_barcode(qr, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        svg = zxingcpp.write_barcode_to_svg(code, add_quiet_zones=True)
        data = json.dumps({**page, "qr": svg}, ensure_ascii=False)
        found = self._compiler.compile(
            format="pdf",
            sys_inputs={"certificate": data},
            timestamp=at.replace(microsecond=0),
            pdf_tags=False,
        )
        if not isinstance(found, bytes):
            raise TypeError("a certificate is one file")
        return found

    @property
    def _compiler(self) -> typst.Compiler:
        found: typst.Compiler | None = getattr(self._own, "compiler", None)
        if found is None:
            found = typst.Compiler(TEMPLATE, font_paths=self._loaded)
            self._own.compiler = found
        return found

    @cached_property
    def _loaded(self) -> typst.Fonts:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[self._fonts]
        )

    @cached_property
    def _glyphs(self) -> Glyphs:
        return Glyphs(p for f in FAMILIES for p in sorted(self._fonts.glob(f"{f}_400*.ttf")))
