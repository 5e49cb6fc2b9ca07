"""Logs of the tests that speak as other contexts: real databases, real relays, no decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from uuid import uuid4

from psycopg import AsyncConnection
from uuid_utils.compat import uuid7

from deploy.local.server import Servers
from libs.events.event import Event
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.log import batch, codec
from libs.runtime.service import Service
from libs.runtime.tables import Statement
from tests.component import lab
from tests.component.lab import AT, Lab, envelope


@dataclass(frozen=True)
class Source:
    """A context's log into which a test writes what that context would have said."""

    lab: Lab

    async def say(self, *events: Event, at: datetime = AT, stream: str | None = None) -> None:
        """Append these as one batch, to one stream or each to the one of what it is about."""
        head = await self.lab.one("SELECT coalesce(max(position), 0) FROM events")
        meta = codec.encode_meta(envelope())
        async with await AsyncConnection.connect(
            self.lab.settings.database, autocommit=True
        ) as conn:
            await batch.ask(conn, [_append(head, events, at, meta, stream)], ())


def _append(
    head: int, events: Sequence[Event], at: datetime, meta: str, stream: str | None
) -> Statement:
    return Statement(
        "SELECT append(%s, %s, %s, %s, %s::smallint[], %s, %s, %s, %s)",
        (
            head,
            [uuid7() for _ in events],
            [stream or f"test/{event.about_id}" for event in events],
            [event.wire_name() for event in events],
            [event.version for event in events],
            [event.subject_id for event in events],
            [at for _ in events],
            [meta for _ in events],
            [event.model_dump_json() for event in events],
        ),
    )


async def make(servers: Servers, module: ModuleType, prefix: str) -> Source:
    """The log of this context's events, with its topic."""
    name = module.__name__.rpartition(".")[2]
    service = Service(name=name, events=Registry.of(module), streams={})
    return Source(await lab.make(servers, Composition(service, name, "A log of the tests"), prefix))


def prefix() -> str:
    """Topics and groups of one test."""
    return f"t{uuid4().hex[:8]}."
