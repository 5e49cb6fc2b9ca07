"""From words to PDF: the layout, the QR, and no character that the fonts have not."""

import asyncio
import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import zxingcpp

from libs.decider import Refused, Rule, conventions
from libs.runtime.documents.paper import Press

LAYOUT = Path(__file__).with_name("certificate.typ")
_DARK = re.compile(rb"\0+")
NAME_NOT_PRINTABLE = Rule(
    "name-not-printable",
    "姓名或单位名称中有字库没有的字，不能打印证书",
    conventions.PRINTING,
    "请联系客服补充字库，证书本身有效，可凭编号验证",
)


def drawn(code: zxingcpp.Barcode) -> str:
    """The code as SVG, one path of the dark runs of each row (the library's own takes a sixth of
    a page's time)."""
    image: Any = zxingcpp.write_barcode_to_image(code, add_quiet_zones=True)  # a buffer
    dots = memoryview(image).tobytes()
    side = math.isqrt(len(dots))
    path = "".join(
        f"M{run.start()} {y}H{run.end()}v1H{run.start()}z"
        for y in range(side)
        for run in _DARK.finditer(dots[y * side : (y + 1) * side])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{path}"/></svg>'
    )


class Printer:
    """Prints certificates; fonts and layout are loaded once."""

    def __init__(self, fonts: Path) -> None:
        self._press = Press(fonts)

    async def print(self, page: Mapping[str, object], qr: str, at: datetime) -> bytes:
        """The PDF of one certificate, made in a thread. Refused: NAME_NOT_PRINTABLE."""
        return await asyncio.to_thread(self.page, page, qr, at)

    def page(self, page: Mapping[str, object], qr: str, at: datetime) -> bytes:
        """The same, in this thread."""
        if missing := self._press.missing(json.dumps(page, ensure_ascii=False)):
            raise Refused(NAME_NOT_PRINTABLE.because(f"缺少：{missing}"))
        code = zxingcpp.create_barcode(qr, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        return self._press.page(LAYOUT, {**page, "qr": drawn(code)}, at)
