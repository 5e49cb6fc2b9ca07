"""An uploaded workbook, unpacked within limits: sizes in its index may lie, so only what really
comes out counts, and each part is handed on in pieces, as far as somebody reads it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from libs.decider import Kind, Refused, Rule, conventions

TOO_LARGE = Rule(
    "sheet-too-large",
    "表格过大",
    conventions.SIZES,
    "请删去空行和表外的内容后重试",
    Kind.OVERSIZED,
    "file",
)
UNREADABLE = Rule(
    "sheet-unreadable",
    "不是本平台的导入表（.xlsx）",
    conventions.SHEETS,
    "请下载模板，填写后原样导入",
    Kind.INVALID,
    "file",
)

MOST_BYTES = 4 * 1024 * 1024  # as it is uploaded
MOST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 200
_PIECE = 1024 * 1024
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # what programs write
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)


class Archive:
    """The parts of a workbook by their names. Refused: UNREADABLE, TOO_LARGE."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except _BROKEN:
            raise Refused(UNREADABLE) from None
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refused(TOO_LARGE)
        known = all(part.compress_type in _PACKED_AS for part in parts)
        if not known or len({part.filename for part in parts}) < len(parts):
            raise Refused(UNREADABLE)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part as it really is: no more than it says of itself, and its checksum holds."""
        try:
            with self._archive.open(name) as part:
                while piece := part.read(_PIECE):
                    yield piece
        except (*_BROKEN, KeyError):
            raise Refused(UNREADABLE) from None
