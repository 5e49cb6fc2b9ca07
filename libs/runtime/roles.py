"""The roles of a service, each a task that works until it is cancelled."""

import asyncio
from collections.abc import Awaitable, Callable

from libs.runtime import measuring
from libs.runtime.clock import Clock
from libs.runtime.composition import Composition
from libs.runtime.following.directory import DIRECTORY
from libs.runtime.following.erasing import ERASED, Erasing
from libs.runtime.following.listing import Listing
from libs.runtime.inbound.aside import Seal
from libs.runtime.inbound.carrying import Carrying
from libs.runtime.inbound.consuming import Consuming
from libs.runtime.inbound.hearing import Hearing
from libs.runtime.inbound.overdue import Overdue
from libs.runtime.inbound.taking import Taker
from libs.runtime.log.writer import Writer
from libs.runtime.outbound.relaying import Relay
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.tidying import tidying
from libs.runtime.timing import Timing

Role = Callable[[Composition, Settings], Awaitable[None]]


async def relay(found: Composition, settings: Settings) -> None:
    """Publish the log."""
    name, clock = found.service.name, Clock(settings.clock)
    publishing = Relay(
        name, settings.database, settings.kafka, clock, settings.prefix, found.after_round
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(publishing.run())
        group.create_task(measuring.outbox(name, settings.database, clock))


def taker(found: Composition, settings: Settings) -> Taker:
    """What takes foreign events into this service."""
    seal = Seal(settings.key("aside_key"))
    return Taker(found.service, settings.database, Clock(settings.clock), seal)


async def react(found: Composition, settings: Settings) -> None:
    """Take in the events of other contexts, hear how current they are, keep the directory.

    StandsStill.
    """
    service = found.service
    sources = tuple(service.reactions)
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_directory(service, settings))
        group.create_task(measure(service, settings))
        if sources:
            clock = Clock(settings.clock)
            carrying = Carrying(service.name, taker(found, settings), clock)
            consuming = Consuming(service.name, sources, settings.kafka, carrying, settings.prefix)
            hearing = Hearing(sources, settings.kafka, settings.database, clock, settings.prefix)
            group.create_task(consuming.run())
            group.create_task(hearing.run())
            group.create_task(Overdue(settings.database, hearing, consuming).run())
        await asyncio.Event().wait()


async def measure(service: Service, settings: Settings) -> None:
    """Tell how far behind the service is, and what is set aside."""
    clock, sources = Clock(settings.clock), tuple(service.reactions)
    await measuring.inbound(service.name, sources, settings.database, clock)


async def keep_directory(service: Service, settings: Settings) -> None:
    """Keep the directory, in the services that have its table."""
    if DIRECTORY in service.private_tables:
        await Listing(service.name, settings.kafka, settings.database, settings.prefix).run()


async def timer(found: Composition, settings: Settings) -> None:
    """Do what is due; forget what is old, and whoever is erased."""
    service, clock = found.service, Clock(settings.clock)
    writer = Writer(service, settings.database)
    async with asyncio.TaskGroup() as group:
        group.create_task(writer.run())
        group.create_task(Timing(service.name, settings.database, writer, clock, found.due).run())
        group.create_task(tidying(settings.database, clock))
        if ERASED in service.private_tables:
            group.create_task(Erasing(service, settings.database, clock, found.files).run())


async def project(found: Composition, settings: Settings) -> None:
    """Carry the projector, in services that have one of their own."""
    if found.project is None:
        raise SystemExit(f"{found.service.name} has no projector: its reactions are role `react`")
    async with asyncio.TaskGroup() as group:
        group.create_task(found.project(settings))
        group.create_task(keep_directory(found.service, settings))
        group.create_task(measure(found.service, settings))


ROLES: dict[str, Role] = {"relay": relay, "react": react, "timer": timer, "project": project}
