"""Who is let in: sessions that have ended, and admins while identity is silent."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from deploy.local.server import Servers
from libs.decider import Refused
from libs.events import identity
from libs.events.envelope import Actor, Role
from libs.events.registry import Registry
from libs.runtime import database, refusals
from libs.runtime.following import RowsOnly, people
from libs.runtime.log import batch
from libs.runtime.log.answers import Asked
from libs.runtime.log.writer import Writer
from libs.runtime.outbound import heartbeat
from libs.runtime.outbound.heartbeat import Heartbeat
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from libs.runtime.tables import statements
from libs.runtime.web.ended import Ended
from tests.component import lab, signing, tally
from tests.component.feeding import Feed
from tests.component.lab import AT, Lab, envelope, until

FOLLOWING = replace(
    tally.SERVICE,
    reactions={"identity": RowsOnly((people.sessions,))},
    foreign=Registry.of(identity),
)
LEARNER = Actor(UUID(int=7), Role.LEARNER, session_id=UUID(int=8))
ADMIN = Actor(UUID(int=9), Role.UNIT_ADMIN, UUID(int=1), session_id=UUID(int=10))
MINUTE = timedelta(minutes=1)


class Counter(NamedTuple):
    """A service that follows identity, at work."""

    lab: Lab
    writer: Writer
    feed: Feed

    async def asks(self, actor: Actor, at: datetime = AT) -> str:
        """What this actor's click comes to: accepted, or the code of the rule that refuses."""
        click = replace(envelope(), actor=actor, at=at)
        command = tally.Add(envelope=click, account_id=uuid4(), amount=1)
        try:
            await self.writer.submit(Asked.of(command, b""))
        except Refused as refused:
            return refused.rule.code
        return "accepted"

    async def hears(self, context: str, as_of: datetime) -> None:
        """A heartbeat of this context: nothing of it was under way then."""
        beat = Heartbeat(context, f"{context}.events", uuid4(), 0, [0], as_of)
        async with await database.connect(self.lab.settings.database) as conn:
            await batch.ask(conn, [*batch.BEGIN, heartbeat.hear(beat), batch.COMMIT], ())


@pytest.fixture
async def counter(servers: Servers, tmp_path: Path) -> AsyncIterator[Counter]:
    """tally, as if it followed identity."""
    found = replace(tally.compose(Settings()), service=FOLLOWING)
    keys = {"token_keys": signing.write_keys(tmp_path)}
    made = await lab.make(servers, found, f"t{uuid.uuid4().hex[:8]}.", keys)
    async with made.writer() as writer:
        yield Counter(made, writer, Feed(made))
    lab.unmake(servers, [made])


def ended(actor: Actor) -> identity.SessionEnded:
    """This actor's session is over."""
    assert actor.session_id
    return identity.SessionEnded(person_id=actor.id, session_id=actor.session_id, reason="logout")


async def test_an_ended_session_commands_nothing_any_more(counter: Counter) -> None:
    other = replace(LEARNER, session_id=UUID(int=11))
    assert await counter.asks(LEARNER) == "accepted"
    await counter.feed.say(ended(LEARNER))
    assert await counter.asks(LEARNER) == refusals.TOKEN_MISSING.code
    assert await counter.asks(other) == "accepted"


async def test_an_ended_session_reads_nothing_any_more(counter: Counter) -> None:
    app = app_of(counter.lab.found, counter.lab.settings)
    async with signing.clients(app, counter.lab.clock) as clients, clients(LEARNER) as client:
        path = f"/accounts/{uuid4()}"
        assert (await client.get(path)).status_code == 200
        await counter.feed.say(ended(LEARNER))

        async def refused() -> bool:
            return (await client.get(path)).status_code == 401

        await until(refused)


async def test_of_the_ended_sessions_only_new_ones_are_asked_for(counter: Counter) -> None:
    """Also one whose end was long on its way here; those whose tokens have expired are let go."""
    known = Ended(counter.lab.settings.database, counter.lab.clock)
    first, late, old = (uuid4() for _ in range(3))
    async with await database.connect(counter.lab.settings.database) as conn:

        async def comes(session: UUID, at: datetime) -> int:
            row = people.ENDED_SESSIONS.row(session_id=session, at=at)
            await batch.ask(conn, statements([row]), ())
            return await known.look(conn, AT)

        assert await comes(first, AT) == 1
        assert await comes(first, AT) == 0
        assert await comes(late, AT - 9 * MINUTE) == 1
        assert known.sessions == {first: AT, late: AT - 9 * MINUTE}
        assert await comes(old, AT - 12 * MINUTE) == 1
        assert known.sessions.keys() == {first, late}
        assert await known.look(conn, AT + 3 * MINUTE) == 0
        assert known.sessions.keys() == {first}


async def test_admins_wait_while_identity_is_silent_and_learners_do_not(counter: Counter) -> None:
    """Five minutes: a token that was revoked meanwhile has expired."""
    assert await counter.asks(ADMIN) == refusals.BEHIND.code
    assert await counter.asks(LEARNER) == "accepted"
    await counter.hears("identity", AT)
    assert await counter.asks(ADMIN) == "accepted"
    assert await counter.asks(ADMIN, AT + 5 * MINUTE) == "accepted"
    late = AT + 5 * MINUTE + timedelta(seconds=1)
    assert await counter.asks(ADMIN, late) == refusals.BEHIND.code
    assert await counter.asks(LEARNER, late) == "accepted"
    await counter.hears("policy", late)
    assert await counter.asks(ADMIN, late) == refusals.BEHIND.code
    await counter.hears("identity", late)
    assert await counter.asks(ADMIN, late) == "accepted"
