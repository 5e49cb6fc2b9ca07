"""How many certificates are printed a second on one core, beside typst alone."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import typst
import zxingcpp

from deploy.local.layout import FONTS
from deploy.local.server import Servers
from services.certificates.paper import Printer
from services.certificates.paper.printing import LAYOUT
from tests.unit.certificates.test_paper import certificate, page

TIMES = 300
QR = "https://jxjy.example.cn/certificates/v/20249TE129PAJWN?1.k1." + "A" * 86
AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)


async def measure(_servers: Servers) -> None:
    """Print, and let typst print the same page with a QR that is made already."""
    printer = Printer(FONTS)
    mine = _a_second(lambda n: printer.page(page(certificate(unit_name=f"单位{n}")), QR, AT))
    code = zxingcpp.create_barcode(QR, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = zxingcpp.write_barcode_to_svg(code, add_quiet_zones=True)
    alone = typst.Compiler(str(LAYOUT), font_paths=[str(FONTS)], ignore_system_fonts=True)

    def by_typst(n: int) -> object:
        data = {**page(certificate(unit_name=f"单位{n}")), "qr": svg}
        return alone.compile(format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=AT)

    peer = _a_second(by_typst)
    sys.stdout.write(
        f"certificates printed: {mine:,.0f}/s of one core's time; "
        f"typst alone {peer:,.0f}/s; ratio {mine / peer:.2f}\n"
    )


def _a_second(work: Callable[[int], object]) -> float:
    """By the processor's time, so that a neighbour on the machine doesn't count."""
    work(0)
    began = time.process_time()
    for n in range(1, TIMES + 1):
        work(n)
    return TIMES / (time.process_time() - began)
