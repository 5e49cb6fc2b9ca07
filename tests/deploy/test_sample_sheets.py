"""The roster that `make run` hands to people is the service's template, filled in."""

import re
from io import BytesIO
from zipfile import ZipFile

from deploy.local.story.classes import roster
from services.filing.sheets import NAME, NUMBER, sheet

TEMPLATE = sheet(5000)
PEOPLE = [("韦<甲>&", "450199197501011000"), ("黄乙", 450199197501011000.0)]


def parts(content: bytes) -> dict[str, str]:
    """A workbook's parts by their names."""
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_all_that_the_template_says_of_its_look_stays() -> None:
    before, after = parts(TEMPLATE.template()), parts(roster(TEMPLATE.template(), PEOPLE))
    page = "xl/worksheets/sheet1.xml"
    assert {n: p for n, p in after.items() if n != page} == {
        n: p for n, p in before.items() if n != page
    }
    assert re.sub(r'<row r="[34]">.*?</row>', "", after[page]) == before[page]


def test_each_cell_is_in_the_format_of_its_column() -> None:
    page = parts(roster(TEMPLATE.template(), PEOPLE))["xl/worksheets/sheet1.xml"]
    (style,) = set(re.findall(r'<col [^>]*style="(\d+)"', page))
    assert set(re.findall(r'<c r="[A-E][34]" s="(\d+)"', page)) == {style}


def test_the_service_reads_it_as_it_was_meant() -> None:
    good, bad = TEMPLATE.read(roster(TEMPLATE.template(), PEOPLE))
    assert (good.number, good.cells[NAME], good.cells[NUMBER]) == (3, *PEOPLE[0])
    assert good.is_text(NUMBER)
    assert not bad.is_text(NUMBER)
