"""How many certificates are printed a second on one core, beside typst alone."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
import zxingcpp

from deploy.local.layout import FONTS
from deploy.local.server import Servers
from services.certificates.paper import Printer
from services.certificates.paper.printing import LAYOUT, drawn
from tests.bench import told
from tests.unit.certificates.test_paper import certificate, page

GOAL = 300
TIMES, PAIRS = 100, 7
QR = "https://jxjy.example.cn/certificates/v/20249TE129PAJWN?1.k1." + "A" * 86
AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)


async def measure(_servers: Servers) -> None:
    """Print, and let typst print the same pages, whose data and QR are made already; in turn."""
    printer = Printer(FONTS)
    mine, alone = [], []
    with TemporaryDirectory() as folder:
        by_typst = _typst(Path(folder))
        for _ in range(PAIRS):
            mine.append(_a_second(lambda n: printer.page(_words(n), QR, AT)))
            alone.append(_a_second(by_typst))
    rate, peer = told.median(mine), told.median(alone)
    told.figure(
        f"certificate PDFs {rate:,.0f}/s of one core's time",
        f"typst alone {peer:,.0f}/s",
        told.median(m / a for m, a in zip(mine, alone, strict=True)),
        f"{GOAL}/s",
        rate >= GOAL,
    )


def _words(n: int) -> dict[str, object]:
    return page(certificate(name=f"张{chr(0x4E00 + n % 200)}", unit_name=f"第{n}中学"))


def _typst(folder: Path) -> Callable[[int], object]:
    code = zxingcpp.create_barcode(QR, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = drawn(code)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    alone = typst.Compiler(str(shutil.copy(LAYOUT, folder)), root=str(folder), font_paths=fonts)
    texts = [json.dumps({**_words(n), "qr": svg}) for n in range(TIMES + 1)]
    data = folder / "data.json"

    def page_of(n: int) -> object:
        data.write_text(texts[n])
        return alone.compile(format="pdf", timestamp=AT)

    return page_of


def _a_second(work: Callable[[int], object]) -> float:
    """By the processor's time, so that a neighbour on the machine doesn't count."""
    work(0)
    began = time.process_time()
    for n in range(1, TIMES + 1):
        work(n)
    return TIMES / (time.process_time() - began)
