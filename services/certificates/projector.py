"""The projector's carrier: Faust brings the records, the machinery takes them in.

It is a reaction like every other; this file is the only one that knows Faust, and it knows
where Faust loses things. Faust acknowledges an event whose handler raised, and what `take()`
gave but nobody processed: so `noack_take`, and an acknowledgement by hand after the database
has committed. It keeps away what it takes for read already, and acknowledges what it takes for
missing: so it is not told what it has read. After a rebalance that another one overtakes it may
go on behind what it has thrown away, and it never hears that its membership of the group has
ended: so that is watched, and what is overdue is read again, or the process ends. Its tables
over-count after a crash and its exactly-once doubles: so no tables and at least once, the marks
making it once. A dead member is missed after a minute by default: here after seconds. An
infrastructure error that does not pass ends the process, so that a supervisor starts a clean one;
a record that can't be handled is set aside by the taker.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any, cast

import faust
import structlog
from faust.exceptions import ConsumerNotStarted
from faust.transport.drivers import aiokafka
from faust.types import TP, EventT
from faust.types.transports import TransportT
from mode.types import ServiceT

from libs.runtime.clock import Clock
from libs.runtime.inbound.aside import Seal
from libs.runtime.inbound.carrying import Carrying
from libs.runtime.inbound.hearing import Hearing
from libs.runtime.inbound.overdue import Overdue, Partition, Place
from libs.runtime.inbound.taking import Taker
from libs.runtime.service import Service
from libs.runtime.settings import Settings

log = structlog.get_logger()

MOST_TOGETHER = 1000
GATHERED = 500  # at most, by Faust; two gatherings may go together
MOST_WAITING = 32  # gatherings that Faust has given and the database has not got yet
WAITS = 0.05  # seconds for a batch to fill
LEAVES_WITHIN = 2.0  # seconds
PATIENCE = 3.0  # seconds of trying again before the process gives up


class GivesUp(Exception):
    """Infrastructure is away for longer than a process should wait."""


async def run(service: Service, settings: Settings) -> None:
    """Take in the events of other contexts, and hear how current they are. GivesUp, StandsStill."""
    sources = tuple(service.reactions)
    clock = Clock(settings.clock)
    seal = Seal(settings.key("aside_key"))
    taker = Taker(service, settings.database, clock, seal)
    hearing = Hearing(sources, settings.kafka, settings.database, clock, settings.prefix)
    with TemporaryDirectory(prefix="faust-") as folder:
        app = app_for(service.name, settings, folder)
        carried = Projector(service.name, sources, app, taker, clock, settings.prefix)
        async with asyncio.TaskGroup() as group:
            group.create_task(carried.run())
            group.create_task(hearing.run())
            group.create_task(Overdue(settings.database, hearing, carried).run())


class _NothingIsKnown(defaultdict[TP, int | None]):
    """How far Faust has read, which it is not told: see `_Consumer`."""

    def __init__(self) -> None:
        super().__init__(lambda: None)

    def __setitem__(self, partition: TP, offset: int | None) -> None:
        """Forgotten."""

    def update(self, *_: Any, **__: Any) -> None:
        """Forgotten."""


class _Consumer(aiokafka.Consumer):
    """Hands over whatever comes, and watches that the broker is asked.

    Faust keeps away what has an offset that it has read before, also where the broker has lost
    the topic and other records stand there, and where somebody has sought; and between what it
    has read and what comes next it acknowledges everything, the next included. What was taken
    before is known from the marks, so Faust is not told how far it has read.

    Faust would also watch when the stream last had something. That is told by its monitor, which
    counts every event and is not here: without it Faust, from its sixth minute on, calls every
    partition in which something has just come one whose stream has not started. How far behind
    the projector is, is known from the heartbeats.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_offset = _NothingIsKnown()

    def member_is_lost(self) -> bool:
        """Whether what keeps the membership of the group has ended, or waits for its error to be
        read: whoever polls the client reads it, and Faust, which fetches behind its back, never."""
        client = self._thread._consumer
        keeper = client._coordinator if client else None
        if keeper is None:
            return False
        return bool(keeper._coordination_task.done()) or keeper._pending_exception is not None

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Faust's check of the fetching alone, as it makes it while it recovers tables."""
        self._thread.verify_recovery_event_path(now, tp)


class _Kafka(aiokafka.Transport):
    Consumer = _Consumer


class _Quiet(faust.App):
    """Without Faust's own counting of every event: a tenth of its time, and nobody reads it."""

    def on_init_dependencies(self) -> Iterable[ServiceT]:
        """The services that start with the app, and no sensor."""
        found = super().on_init_dependencies()
        self.sensors.remove(self.monitor)
        return found

    def _new_transport(self) -> TransportT:
        return _Kafka(self.conf.broker_consumer, self)


def app_for(context: str, settings: Settings, folder: str) -> faust.App:
    """A Faust that loses nothing, tells nobody else, and keeps no state."""
    name = f"{settings.prefix}{context}"
    return _Quiet(
        name,
        broker=[f"kafka://{server}" for server in settings.kafka.split(",")],
        datadir=folder,
        store="memory://",
        web_enabled=False,
        autodiscover=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        processing_guarantee="at_least_once",
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=f"{name}@{settings.member}",
        consumer_metadata_max_age_ms=5_000,
        stream_buffer_maxsize=4096,
        stream_wait_empty=False,  # else it waits for ever for what is never acknowledged
        broker_session_timeout=6,
        broker_heartbeat_interval=2,
        broker_rebalance_timeout=10,
        broker_request_timeout=15,
        broker_commit_interval=1.0,
        worker_redirect_stdouts=False,
        debug=False,
    )


class Projector:
    """Carries the events of these contexts into one service until it is cancelled."""

    def __init__(
        self,
        context: str,
        sources: Sequence[str],
        app: faust.App,
        taker: Taker,
        clock: Clock,
        prefix: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self._context = context
        self._carrying = Carrying(context, taker, clock, patience)
        self._next: dict[TP, int] = {}  # the offset after the last that was taken in
        self._waiting: asyncio.Queue[Sequence[EventT[Any]]] = asyncio.Queue(MOST_WAITING)
        self._app = app
        topics = [f"{prefix}{source}.events" for source in sources]
        channel = self._app.topic(
            *topics,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
        )
        self._app.agent(channel, name=context, concurrency=1)(self._carry)

    async def run(self) -> None:
        """Work until cancelled. GivesUp."""
        tasks = {asyncio.ensure_future(self._work()), asyncio.ensure_future(self._watch())}
        try:
            await self._app.start()
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                error = task.exception()
                log.error("projector gives up", error=type(error).__name__, exc_info=error)
            raise GivesUp(f"{self._context}: the projector gives up; start it again")
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(
                {asyncio.ensure_future(self._app.stop()), *tasks}, timeout=LEAVES_WITHIN
            )
            await self._carrying.close()

    async def _watch(self) -> None:
        """Until Faust itself has crashed or stopped, or would wait for ever."""
        while not (self._app.crashed or self._app.should_stop):
            if self._consumer.member_is_lost():
                log.error("the membership of the group has ended", group=self._context)
                return
            await asyncio.sleep(0.2)

    async def _carry(self, stream: Any) -> None:
        """Faust gathers while the database works: what has come meanwhile goes together."""
        async for events in stream.noack_take(GATHERED, within=WAITS):
            await self._waiting.put(events)

    async def _work(self) -> None:
        """Take in, then acknowledge; what raises is not acknowledged and comes again."""
        while True:
            events = list(await self._waiting.get())
            while len(events) + GATHERED <= MOST_TOGETHER and not self._waiting.empty():
                events += self._waiting.get_nowait()
            opened = await self._carrying.carry(event.message for event in events)
            for event in events:
                self._next[event.message.tp] = event.message.offset + 1
                event.ack()
            # a record is missing; it may only be that Faust skipped it, so its partition is read
            # again, once; what is missing on the broker waits to be republished
            for _, topic, partition in opened:
                await self.again((topic, partition))

    def assigned(self) -> Collection[Partition]:
        """What this member of the group reads."""
        try:
            return self._consumer.assignment()
        except ConsumerNotStarted:
            return ()

    async def places(self, partitions: Collection[Partition]) -> Mapping[Partition, Place]:
        """How far it is, and where the broker ends. KafkaError."""
        ends = await self._consumer.highwaters(*(TP(*partition) for partition in partitions))
        acknowledged = self._consumer._committed_offset
        return {
            there: Place(self._next.get(there, acknowledged[there] or 0), end)
            for there, end in ends.items()
        }

    async def again(self, partition: Partition) -> None:
        """Read it from its beginning; the marks skip what has been taken."""
        self._next[TP(*partition)] = 0
        await self._consumer.seek(TP(*partition), 0)

    @property
    def _consumer(self) -> _Consumer:
        return cast("_Consumer", self._app.consumer)
