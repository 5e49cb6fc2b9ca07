"""A filing is read whole by few statements, and nothing is asked that it doesn't have."""

from uuid import UUID

from services.filing import whole
from tests.component.counting import statements
from tests.component.filing.conftest import Filing, filed, requested


async def asked(filing: Filing, path: str) -> int:
    """How many statements its page asks."""
    filing_id = UUID(path.rpartition("/")[2])
    return await statements(
        filing.feed.lab.settings.database,
        lambda conn: whole.read(conn, filing.base, filing_id),
    )


async def test_of_a_new_one_the_filing_and_the_law(filing: Filing) -> None:
    path = await filed(filing.as_(filing.base))
    assert await asked(filing, path) == 2


async def test_once_requested_its_texts_and_its_grant_too(filing: Filing) -> None:
    path = await requested(filing.as_(filing.base))
    assert await asked(filing, path) == 5
    shown = (await filing.as_(filing.base).get(path)).json()
    assert (shown["remark"], shown["opinion"], shown["outcome"]) == ("", "", None)
