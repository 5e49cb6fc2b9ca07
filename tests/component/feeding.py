"""Foreign events handed to a service as if they had come over the broker, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from libs.events.envelope import Actor, Envelope, Role
from libs.events.event import Event
from libs.runtime import roles
from libs.runtime.broker import PARTITIONS
from libs.runtime.database import connect
from libs.runtime.inbound import marks
from libs.runtime.inbound.aside import Raw
from libs.runtime.inbound.marks import Arrived
from libs.runtime.inbound.taking import Taken
from libs.runtime.log import batch, codec
from libs.runtime.outbound import heartbeat
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.outbound.relay import partition_of
from libs.runtime.persisting import persist
from tests.component.lab import Lab

PATIENCE = 30.0  # seconds: a batch has one, and the machine may be busy
SOMEBODY = Actor(UUID(int=9), Role.SERVICE)


@dataclass
class Feed:
    """The logs of the contexts that a service follows."""

    lab: Lab
    logs: dict[str, UUID] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    previous: dict[tuple[str, int], int] = field(default_factory=dict)

    def records(self, *events: Event, by: Actor = SOMEBODY) -> list[Arrived]:
        """Each event as its context's relay would send it."""
        return [self._record(event, by) for event in events]

    async def say(self, *events: Event, by: Actor = SOMEBODY) -> Taken:
        """These happened; the service has taken them in."""
        return await self.hand_over(self.records(*events, by=by))

    async def hand_over(self, records: Sequence[Arrived]) -> Taken:
        """Records arrive; what infrastructure breaks is tried again, as every carrier does."""
        taker = roles.taker(self.lab.found, self.lab.settings)
        try:
            return await persist("taking", lambda: taker.take(records), PATIENCE)
        finally:
            await taker.close()

    async def current(self, *contexts: str, ahead: timedelta = timedelta()) -> None:
        """Heartbeats of these contexts say that nothing is under way, nor will be for a time."""
        as_of = self.lab.clock.now() + ahead
        beats = [
            heartbeat.hear(Heartbeat(context, f"{context}.events", uuid4(), 0, [0], as_of))
            for context in contexts
        ]
        async with await connect(self.lab.settings.database) as conn:
            await batch.ask(conn, [*batch.BEGIN, *beats, batch.COMMIT], ())

    def _record(self, event: Event, by: Actor) -> Arrived:
        context = event.wire_name().partition(".")[0]
        topic = f"{context}.events"
        log_id = self.logs.setdefault(context, uuid4())
        position = self.positions[context] = self.positions.get(context, 0) + 1
        key = str(event.subject_id).encode()
        partition = partition_of(key) % PARTITIONS
        previous = self.previous.get((topic, partition), 0)
        self.previous[topic, partition] = position
        now = self.lab.clock.now()
        meta = codec.encode_meta(Envelope(now, by, "key", uuid7()))
        row = codec.LogRow(
            position,
            uuid7(),
            event.wire_name(),
            event.version,
            event.subject_id,
            now,
            meta,
            event.model_dump_json(),
        )
        headers = tuple(codec.headers(row, str(log_id), previous))
        return marks.arrived(Raw(topic, partition, position, key, headers, row.body.encode()))
