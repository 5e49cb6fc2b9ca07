"""Identity at work, fresh for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.server import Servers
from tests.component.identity import office
from tests.component.identity.office import Office, Province


@pytest.fixture
async def desk(
    servers: Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> AsyncIterator[Office]:
    """Identity with a database of this test alone, nobody registered."""
    async with office.at_work(servers, tmp_path, monkeypatch, capsys) as found:
        yield found


@pytest.fixture
async def province(desk: Office) -> Province:
    """The same with the bureau and one unit."""
    return await office.province(desk)
