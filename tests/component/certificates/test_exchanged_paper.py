"""打印换发的证书: with the note of the old one it is one page as well."""

from io import BytesIO
from uuid import UUID

from pypdf import PdfReader

from tests.component.certificates import words
from tests.component.certificates.conftest import Office
from tests.component.certificates.words import enough


async def test_an_exchanged_one_is_printed_on_one_page(office: Office) -> None:
    unit = UUID(int=23)
    await office.feed.say(words.unit(unit, "单" * 100))
    learner = await office.learner("买" * 50, unit)
    await office.has(*enough(learner.id))
    old = await office.generated(learner)
    async with office.as_(learner) as client:
        new = (await client.post(f"/issued/{old['certificate_id']}/exchange")).json()["id"]
        paper = await client.get(f"/issued/{new}/paper")
    (only,) = PdfReader(BytesIO(paper.content)).pages
    said = "".join(only.extract_text().split())
    assert f"本证书为换发，原证书{old['number']}已失效。" in said
    assert "单" * 100 in said
