"""Rosters as people fill them in, and as nobody should."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from libs.events.documents.citizen import check_digit

HEAD = ("序号", "姓名", "证件类型", "身份证件号码", "工作单位")
Fill = Callable[[Workbook, Worksheet], None]


def number(n: int) -> str:
    """The nth valid number of a 居民身份证; made up."""
    first = f"450102{1960 + n // 3650:04d}{n // 280 % 12 + 1:02d}{n % 28 + 1:02d}{n % 1000:03d}"
    return first + check_digit(first)


def name(n: int) -> str:
    """The nth attendee's name."""
    family, given = "韦黄覃陆蒙", "甲乙丙丁戊己庚辛壬癸"
    return family[n % 5] + given[n // 5 % 10] + given[n // 50 % 10]


def book(fill: Fill, head: Sequence[str] = HEAD) -> bytes:
    """A workbook whose one sheet has this head in row 2, and beneath it what `fill` puts."""
    out = BytesIO()
    made = Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("参训学员名单")
    for column, title in enumerate(head):
        sheet.write_string(1, column, title)
    fill(made, sheet)
    made.close()
    return out.getvalue()


def roster(people: Iterable[tuple[str, Any]]) -> bytes:
    """A roster of these (name, number), one a row from row 3 on."""

    def fill(_made: Workbook, sheet: Worksheet) -> None:
        for row, (who, what) in enumerate(people, 2):
            sheet.write(row, 0, row - 1)
            sheet.write_string(row, 1, who)
            if isinstance(what, str):
                sheet.write_string(row, 3, what)
            else:
                sheet.write_number(row, 3, what)

    return book(fill)
