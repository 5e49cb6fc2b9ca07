"""Identity at work, fresh for each test; the small province is made once and copied."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.server import Servers
from services.identity import keys
from tests.component import lab
from tests.component.identity import office
from tests.component.identity.office import Office, Province


@dataclass(frozen=True)
class Original:
    """The province as it was made, and the key that its tokens are signed with."""

    province: Province
    signing: str


@pytest.fixture
async def desk(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """Identity with a database of this test alone, nobody registered."""
    async with office.at_work(servers, tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture(scope="session")
async def original(
    servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Original]:
    """The bureau and one unit, entered call by call; then nobody is connected any more."""
    folder, signing = tmp_path_factory.mktemp("identity"), keys.new_key()
    with pytest.MonkeyPatch.context() as patch:
        office.settings_of(folder, patch, signing)
        found, prefix, more = office.composed(folder)
        made = await lab.make(servers, found, prefix, more, topics=False)
        offices = await office.migrated(made)
        async with office.serving(made, folder, offices) as at_work:
            province = await office.province(at_work)
    yield Original(province, signing)
    lab.unmake(servers, [made])


@pytest.fixture
async def province(
    original: Original, servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Province]:
    """The bureau and one unit, everybody logged in."""
    async with office.copied(
        servers, original.province, tmp_path, monkeypatch, original.signing
    ) as found:
        yield found
