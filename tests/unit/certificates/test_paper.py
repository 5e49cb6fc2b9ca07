"""打印证书: the page as a bureau would look at it."""

import json
import shutil
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from deploy.local.layout import FONTS
from libs.decider import Refused
from services.certificates import keys, qr
from services.certificates.paper import Printed, Printer, printed
from services.certificates.paper.printing import LAYOUT, NAME_NOT_PRINTABLE, drawn
from tests.unit.certificates.counter import GX

OFFICE = "广西壮族自治区人力资源和社会保障厅"
ADDRESS = "https://jxjy.example.cn/certificates/v"
AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
PRINTER = Printer(FONTS)


def certificate(kind: str = "annual", **changes: object) -> Printed:
    """A certificate of 90 hours."""
    totals = {"public.required": "15.00", "professional": "74.50", "total": "89.50"}
    said = {
        "number": "20249TE129PAJWN",
        "kind": kind,
        "year": 2024,
        "title": GX.certificate(kind).title.value,
        "totals": totals,
        "unit_name": "广西示例大学",
        "issued_on": date(2024, 12, 20),
        "replaces": None,
        "name": "张三",
        "masked_number": "450102********123X",
    }
    return Printed(**{**said, **changes})  # type: ignore[arg-type]


def page(one: Printed) -> dict[str, object]:
    """Its words."""
    return printed(one, GX, OFFICE, ADDRESS)


def text_of(one: Printed) -> str:
    """What the PDF says, without the spaces of its setting."""
    reader = PdfReader(BytesIO(PRINTER.page(page(one), "a QR", AT)))
    (only,) = reader.pages
    width, height = only.mediabox.width, only.mediabox.height
    assert (round(width), round(height)) == (595, 842)  # A4
    return "".join(only.extract_text().split())


def test_it_says_who_what_when_and_by_which_document() -> None:
    said = text_of(certificate())
    for words in (
        "专业技术人员继续教育合格证书",
        "证书编号：20249TE129PAJWN",
        "张三",
        "450102********123X",
        "广西示例大学",
        "2024年度",
        "公需科目必修课15",
        "专业科目74.5",
        "合计89.5",
        "公需科目和专业科目学习有关工作的通知》二（四）",
        OFFICE,
        "2024年12月20日",
        f"{ADDRESS}/20249TE129PAJWN",
    ):
        assert words in said, words


def test_its_lines_stand_as_the_notice_lists_them() -> None:
    """公需科目（必修、选修）, then 专业科目: whatever order the totals came in."""
    totals = {"professional": "65.00", "public.elective": "10.00", "public.required": "15.00"}
    shown = page(certificate(totals=totals))["lines"]
    assert shown == [
        ("公需科目必修课", "15"),
        ("公需科目选修课", "10"),
        ("专业科目", "65"),
    ]


def test_the_public_one_names_the_year_s_theme_and_counts_the_course_alone() -> None:
    said = text_of(certificate("public", replaces="2024AAAAAAAAAA0"))
    assert "专业技术人员继续教育公需科目考试合格证书" in said
    assert "《高质量共建“一带一路”谱写人类命运共同体新篇章》" in said
    assert "合计15" in said
    assert "专业科目74.5" not in said
    assert "本证书为换发，原证书2024AAAAAAAAAA0已失效" in said


@pytest.mark.parametrize(
    "name",
    ["张㛃", "䶮", "𠮷田", "𰻝", "买买提·艾则孜", "欧阳" * 15, "#panic()$x^2$*粗*_斜_@ref<tag>\\n"],
)
def test_every_name_is_printed_as_it_is(name: str) -> None:
    assert name in text_of(certificate(name=name))


@pytest.mark.parametrize("name", ["王\U000323af", "\ue000"])
def test_a_name_that_no_font_has_is_refused_and_never_boxed(name: str) -> None:
    with pytest.raises(Refused) as refused:
        text_of(certificate(name=name))
    assert refused.value.rule.code == NAME_NOT_PRINTABLE.code
    assert name[-1] in refused.value.rule.detail


def test_the_qr_can_be_read_from_the_page(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keys.ensure(file)
    signing = keys.Signing(file)
    one = certificate()
    paper = qr.Paper(one.number, one.title, one.name, one.masked_number)
    text = qr.text(ADDRESS, paper, signing)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    data = {**page(one), "qr": drawn(code)}
    layout = str(shutil.copy(LAYOUT, tmp_path))
    (tmp_path / "data.json").write_text(json.dumps(data))
    picture = typst.Compiler(layout, font_paths=[str(FONTS)], ignore_system_fonts=True).compile(
        format="png", ppi=150
    )
    assert isinstance(picture, bytes)
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert found.text == text
    scanned = qr.read(found.text)
    assert scanned is not None
    assert qr.genuine(scanned, paper, signing.public)


def test_a_rotated_key_still_verifies_and_the_one_before_it_no_more(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    paper = qr.Paper("20249TE129PAJWN", "证书", "张三", "4501")
    texts = []
    for _ in range(3):
        keys.rotate(file)
        texts.append(qr.text(ADDRESS, paper, keys.Signing(file)))
    public = keys.Signing(file).public
    read = [qr.read(text) for text in texts]
    assert [one is not None and qr.genuine(one, paper, public) for one in read] == [
        False,
        True,
        True,
    ]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "scanned", ["", "https://x/2024", f"{ADDRESS}/20249TE129PAJWN?1.k1.short", "王" * 150]
)
def test_what_is_no_qr_of_ours_is_not_read(scanned: str) -> None:
    assert qr.read(scanned) is None


def test_the_number_on_the_paper_is_the_one_that_was_signed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keys.ensure(file)
    signing = keys.Signing(file)
    paper = qr.Paper("20249TE129PAJWN", "证书", "张三", "4501**")
    found = qr.read(qr.text(ADDRESS, paper, signing))
    assert found is not None
    for other in (
        qr.Paper("20249TE129PAJWN", "另一证书", "张三", "4501**"),
        qr.Paper("20249TE129PAJWN", "证书", "李四", "4501**"),
        qr.Paper("20249TE129PAJWN", "证书", "张三", "4502**"),
        qr.Paper("20239TE129PAJWN", "证书", "张三", "4501**"),
    ):
        assert not qr.genuine(found, other, signing.public)
    spaced = qr.Paper("20249TE129PAJWN", "《证书》", " 张 三", "4501＊＊")
    assert qr.genuine(found, spaced, signing.public)
