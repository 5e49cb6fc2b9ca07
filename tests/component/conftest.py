"""The two small contexts of the tests, fresh for each test."""

import uuid
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from deploy.local.server import Servers
from libs.runtime.settings import Settings
from tests.component import lab, mirror, tally
from tests.component.lab import Lab


class Pair(NamedTuple):
    """A context and one that follows it."""

    tally: Lab
    mirror: Lab


@pytest.fixture
async def pair(servers: Servers) -> AsyncIterator[Pair]:
    """tally and mirror, on databases and topics of this test alone."""
    prefix = f"t{uuid.uuid4().hex[:8]}."
    labs = [
        await lab.make(servers, compose(Settings()), prefix)
        for compose in (tally.compose, mirror.compose)
    ]
    yield Pair(*labs)
    lab.unmake(servers, labs)
