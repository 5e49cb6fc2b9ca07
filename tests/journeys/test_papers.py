"""What lies in out/ when the story has ended: the name of a file says whether it holds."""

from deploy.local.story.certificates import scanned
from deploy.local.story.papers import NO_LONGER
from services.certificates import qr
from tests.journeys.conftest import Province

ANNUAL, PUBLIC = "专业技术人员继续教育合格证书", "专业技术人员继续教育公需科目考试合格证书"


def test_each_certificate_is_what_its_name_says(lived_in: Province) -> None:
    """The story itself has verified the valid ones by their QR, and seen the other fall."""
    lived_in.play("certificate")
    papers, numbers = lived_in.scene.papers, {}
    for title, state in ((ANNUAL, "valid"), (PUBLIC, "valid"), (ANNUAL + NO_LONGER, "fallen")):
        file = papers.folder / f"{title}.pdf"
        read = qr.read(scanned(file.read_bytes()))
        assert read is not None
        assert papers.told[file.name].startswith(f"{state}, No. {read.number}")
        numbers[title] = read.number
    notes = lived_in.scene.notes
    assert (numbers[ANNUAL + NO_LONGER], numbers[ANNUAL]) == (notes["number"], notes["new number"])


def test_what_lies_there_is_told(lived_in: Province) -> None:
    lived_in.play("certificate", "class")
    papers = lived_in.scene.papers
    lying = {file.name for file in papers.folder.iterdir()}
    assert lying == set(papers.told)
    assert all(any(name in line for line in papers.lines()) for name in lying)
