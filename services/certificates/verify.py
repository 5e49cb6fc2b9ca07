"""Verify a certificate's QR without a network (离线验证), with the published public keys.

    python -m services.certificates.verify QRTEXT --keys KEYS.json

Asks for name, masked number and title as they are printed on the paper. It tells whether the
platform issued this paper; whether it has been revoked since, only the platform can say.
"""

import argparse
import json
import sys
from pathlib import Path

from services.certificates import numbers, qr


def main(arguments: list[str]) -> int:
    """0: genuine; 1: not; 2: not a QR of ours."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("text", help="what the QR says")
    parser.add_argument("--keys", type=Path, required=True, help="the published keys (JWKS)")
    parser.add_argument("--name", help="姓名, as printed")
    parser.add_argument("--number", help="身份证件号码, as printed (masked)")
    parser.add_argument("--title", help="证书名称, as printed")
    asked = parser.parse_args(arguments)
    found = qr.read(asked.text)
    if found is None or numbers.read(found.number) is None:
        sys.stdout.write("这不是本平台证书的二维码。\n")
        return 2
    paper = qr.Paper(
        number=found.number,
        title=asked.title or input("证书名称："),
        name=asked.name or input("姓名："),
        masked_number=asked.number or input("身份证件号码（按证书所印）："),
    )
    if not qr.genuine(found, paper, json.loads(asked.keys.read_text("utf-8"))):
        sys.stdout.write(f"证书 {found.number}：签名与所填内容不符，或签名密钥未公布。\n")
        return 1
    sys.stdout.write(
        f"证书 {found.number}：签名有效，确由本平台出具，内容未被改动。\n"
        "离线验证不能得知证书此后是否失效，请尽量联网验证。\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
