"""A province of the tests: certificates at work, and the logs of hours, identity and policy."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from deploy.local.server import Servers
from libs.events import hours, identity, policy
from libs.runtime.settings import Settings
from services.certificates.service import compose
from tests.component import lab, sources
from tests.component.lab import Lab
from tests.component.sources import Source


@dataclass(frozen=True)
class Province:
    """Certificates, and who speaks to it."""

    certificates: Lab
    hours: Source
    identity: Source
    policy: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        """All who speak."""
        return (self.hours, self.identity, self.policy)


@pytest.fixture
async def province(servers: Servers) -> AsyncIterator[Province]:
    """On databases and topics of this test alone."""
    prefix = sources.prefix()
    said = [await sources.make(servers, module, prefix) for module in (hours, identity, policy)]
    own = await lab.make(servers, compose(Settings()), prefix)
    yield Province(own, *said)
    lab.unmake(servers, [own, *(one.lab for one in said)])
