"""打印证书: one page of A4 with everything on it, however long name and unit are."""

from dataclasses import replace
from itertools import product

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from tests.unit.certificates.test_paper import ADDRESS, AT, OFFICE, PRINTER, certificate, page

QR = f"{ADDRESS}/20249TE129PAJWN?1.k1.{'A' * 86}"
OLD = "2024AAAAAAAAAA0"
ON_A_LINE = (24, 25, 26, 27)  # about so many characters
NAMES = (*range(1, 51, 7), *ON_A_LINE)  # from the shortest to the longest
UNITS = (*range(2, 101, 14), *ON_A_LINE)
BETWEEN = (slice(15, 20), slice(190, 195))  # mm from the left: of the frame and of the text


def printed(words: dict[str, object]) -> tuple[str, Image.Image]:
    """What the only page says, and its picture, a millimetre six dots."""
    document = pdfium.PdfDocument(PRINTER.page(words, QR, AT))
    assert len(document) == 1
    said = document[0].get_textpage().get_text_range()
    picture: Image.Image = document[0].render(scale=6 * 25.4 / 72, grayscale=True).to_pil()
    return said.replace("\u200b", ""), picture


def whole(words: dict[str, object], *values: str) -> None:
    """Everything is on the one page, within its margins, and the QR can be read."""
    lines, picture = printed(words)
    said = "".join(lines.split())
    for value in (*values, str(words["title"]), str(words["number"]), OFFICE, "2024年12月20日"):
        assert value in said, value
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    assert found.text == QR
    for strip in BETWEEN:
        left, right = 6 * strip.start, 6 * strip.stop
        box = picture.crop((left, 120, right, picture.height - 120))
        assert box.getextrema() == (255, 255), "something is set over the margin"


@pytest.mark.parametrize("replaces", [None, OLD])
@pytest.mark.parametrize("kind", ["annual", "public"])
def test_whatever_the_lengths_of_name_and_unit(kind: str, replaces: str | None) -> None:
    totals = {"public.required": "15.00", "public.elective": "10.00", "professional": "65.00"}
    note = f"本证书为换发，原证书{OLD}已失效。" if replaces else ""
    for name, unit in ((n * "买", u * "单") for n, u in product(NAMES, UNITS)):
        one = certificate(kind, name=name, unit_name=unit, totals=totals, replaces=replaces)
        whole(page(one), name, unit, note)


@pytest.mark.parametrize("replaces", [None, OLD])
@pytest.mark.parametrize("most", [1, 5, 12])
def test_whatever_the_number_of_lines(most: int, replaces: str | None) -> None:
    names = [f"专业科目中本单位自行组织的第{n}类" for n in range(most)]
    for one in (certificate(), certificate(name="买" * 50, unit_name="单" * 100)):
        words = page(replace(one, replaces=replaces)) | {"lines": [(n, "7.5") for n in names]}
        whole(words, *names, one.name, one.unit_name)


@pytest.mark.parametrize("letter", ["W", "м", "ü", "1"])
def test_a_word_that_no_line_holds_stays_within_the_frame(letter: str) -> None:
    name, unit = 50 * letter, 100 * letter
    whole(page(certificate(name=name, unit_name=unit)), name, unit)


@pytest.mark.parametrize("kind", ["annual", "public"])
def test_an_article_is_not_torn_by_the_end_of_a_line(kind: str) -> None:
    for length in range(1, 51):
        said, _ = printed(page(certificate(kind, name="买" * length)))
        assert "二（四）" in said
