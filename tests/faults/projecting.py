"""What tests of the projector's carrier say to it, and how they see what it has taken in."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import UUID

from aiokafka.admin import AIOKafkaAdminClient

from libs.runtime import roles
from libs.runtime.inbound.marks import Arrived
from libs.runtime.inbound.taking import Taken, Taker
from services.certificates.projector import Projector, app_for
from tests.component.certificates.conftest import Province
from tests.component.certificates.words import enough, published, registered, unit
from tests.component.lab import until

MODULE = "services.certificates.service"


@asynccontextmanager
async def relays(province: Province) -> AsyncIterator[None]:
    """The sources publish."""
    async with AsyncExitStack() as stack:
        for source in province.sources:
            await stack.enter_async_context(source.lab.at_work("relay"))
        yield


async def said(province: Province, people: Sequence[UUID]) -> int:
    """A law, a unit, and people with 90 hours each; how many events that is."""
    await province.policy.say(published())
    await province.identity.say(unit(), *(registered(person) for person in people))
    await province.hours.say(*(entry for person in people for entry in enough(person)))
    return 2 + 5 * len(people)


async def taken(province: Province, events: int) -> None:
    """So many events have been taken in, each once."""

    async def all_kept() -> bool:
        return await kept(province) >= events

    await until(all_kept)
    assert await province.certificates.rows("SELECT count(*), max(position) FROM kept") == [
        (events, events)
    ]


async def kept(province: Province) -> int:
    """How many events have been taken in."""
    return int(await province.certificates.one("SELECT count(*) FROM kept"))


async def satisfied(province: Province, people: int) -> bool:
    """So many people have enough, by the view and by the log."""
    found = await province.certificates.one(
        "SELECT count(*) FROM standings WHERE satisfied = 'annual public'"
    )
    return bool(found == people)


async def acknowledged(province: Province) -> int:
    """How many records the projector's group has behind it."""
    settings = province.certificates.settings
    async with administrating(settings.kafka) as admin:
        found = await admin.list_consumer_group_offsets(f"{settings.prefix}certificates")
    return sum(int(one.offset) for one in found.values() if one.offset > 0)


@asynccontextmanager
async def administrating(kafka: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """What operators ask the broker."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


class Failing(Taker):
    """A taker that fails as told before it works."""

    failures: list[Exception]
    records = 0  # that came, taken or not

    async def take(self, arrived: Sequence[Arrived]) -> Taken:
        """Fail first."""
        self.records += len(arrived)
        if self.failures:
            raise self.failures.pop(0)
        return await super().take(arrived)


@asynccontextmanager
async def carrying(
    province: Province, tmp_path: Path, *failures: Exception, patience: float = 3.0
) -> AsyncIterator[tuple[Failing, Projector]]:
    """A projector whose taker fails like this."""
    own = province.certificates
    ready = roles.taker(own.found, own.settings)
    taker = Failing(own.found.service, own.settings.database, own.clock, ready._seal)
    taker.failures = list(failures)
    yield (
        taker,
        Projector(
            "certificates",
            ("hours", "identity", "policy"),
            app_for("certificates", own.settings, str(tmp_path)),
            taker,
            own.clock,
            own.settings.prefix,
            patience,
        ),
    )


async def all_published(province: Province, events: int) -> bool:
    heads = [await s.lab.one("SELECT cursor FROM relay") for s in province.sources]
    return bool(sum(heads) == events)
