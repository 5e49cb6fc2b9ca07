"""培训班备案登记表 on paper: its pages end between rows."""

from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest

from deploy.local.layout import FONTS
from libs.runtime.documents.paper import Press
from services.filing.commands import Registration
from services.filing.paper import LAYOUT, form_data
from tests.unit.filing.desk import FORM, PACK
from tests.unit.filing.test_form import ROW

PRESS = Press(FONTS)
ADDRESS = "南宁市大学东路一百号" * 20
UNIT = "申报单位信息"  # the label beside four rows


def pages(form: Registration, remark: str = "") -> Sequence[str]:
    """What each page says, without the spaces of its setting."""
    data = form_data({**ROW, "as_filed": not remark}, form, PACK, "广西大学", remark)
    document = pdfium.PdfDocument(PRESS.page(LAYOUT, data))
    return ["".join(_said(page).split()) for page in document]


def _said(page: pdfium.PdfPage) -> str:
    """What stands on the page itself: a reader of texts hears what runs off it too."""
    words = page.get_textpage()
    boxes = [words.get_charbox(n) for n in range(words.count_chars())]
    assert all(low >= 0 and high <= page.get_height() for _, low, _, high in boxes)
    return str(words.get_text_range().replace("\u200b", ""))


@pytest.mark.parametrize("teachers", range(1, 60, 3))
def test_a_row_is_whole_wherever_the_page_ends(teachers: int) -> None:
    """So many teachers push what follows over the end of the page, row by row."""
    remark = "与备案内容有所不同" * 40
    form = FORM.model_copy(update={"address": ADDRESS, "teachers": FORM.teachers * teachers})
    said = pages(form, remark)
    (at,) = [n for n, page in enumerate(said) if ADDRESS in page]
    assert all(word in said[at] for word in (UNIT, FORM.contact, FORM.email, FORM.postcode))
    assert sum(remark in page for page in said) == 1
    assert sum(all(one in page for one in PACK.filing.promises.value) for page in said) == 1


def test_what_no_page_holds_goes_on_on_the_next() -> None:
    content = "数据治理的新方法" * 500
    said = "".join(pages(FORM.model_copy(update={"content": content})))
    assert said.count("数据治理的新方法") == content.count("数据治理的新方法")
