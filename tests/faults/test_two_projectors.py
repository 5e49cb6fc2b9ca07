"""Two processes of the projector in one group: they share the partitions, and one takes over."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment

from tests.component.certificates.conftest import Province
from tests.component.certificates.words import enough, recognised, registered, revoked
from tests.component.lab import until
from tests.faults.projecting import MODULE, administrating, relays, said, satisfied, taken
from tests.faults.running import Process, processes


@pytest.mark.long
async def test_two_share_the_work_and_one_takes_over_what_the_other_had(
    province: Province, tmp_path: Path
) -> None:
    one, other = (
        Process(province.certificates, MODULE, "project", tmp_path, member=member)
        for member in ("one", "other")
    )
    people = [uuid4() for _ in range(60)]
    async with relays(province):
        with processes(one, other):
            one.start()
            events = await said(province, people[:20])
            await taken(province, events)
            other.start()
            await until(lambda: both_have_partitions(province), 60)
            await province.identity.say(*(registered(person) for person in people[20:]))
            entries = [entry for person in people[20:] for entry in enough(person)]
            saying = asyncio.create_task(province.hours.say(*entries))
            other.kill()
            await saying
            await taken(province, 2 + 5 * len(people))
            assert await satisfied(province, len(people))
            other.start()
            await until(lambda: both_have_partitions(province), 60)
            more = [recognised(person, "4") for person in people]
            await province.hours.say(*more, *(revoked(entry) for entry in more))
            await taken(province, 2 + 7 * len(people))


async def both_have_partitions(province: Province) -> bool:
    """The group is at rest, and each of two members reads some of it."""
    settings = province.certificates.settings
    async with administrating(settings.kafka) as admin:
        (said,) = await admin.describe_consumer_groups([f"{settings.prefix}certificates"])
    ((_, _, state, _, _, members, *_),) = said.groups
    if state != "Stable":
        return False
    shares = [ConsumerProtocolMemberAssignment.decode(member[-1]) for member in members]
    return len([share for share in shares if share.partitions()]) == 2
