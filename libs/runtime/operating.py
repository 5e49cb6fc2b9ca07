"""What an operator does to one service from the command line."""

import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog
from psycopg.conninfo import conninfo_to_dict

from libs.runtime import broker, database, roles
from libs.runtime.composition import Composition
from libs.runtime.inbound import aside
from libs.runtime.log import batch
from libs.runtime.migrate import migrate as bring_up
from libs.runtime.rebuild.acting import rebuild
from libs.runtime.settings import Settings
from libs.runtime.tables import Statement

log = structlog.get_logger()

_TICKET = re.compile(r"[A-Za-z]{1,10}-?[0-9]{1,8}", re.ASCII)  # no room for anybody's number

Act = Callable[[Composition, Settings, list[str]], Awaitable[None]]


def say(*parts: Any) -> None:
    """A line on standard output."""
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


async def migrate(found: Composition, settings: Settings, _words: list[str]) -> None:
    """Bring the database, and the topics that it sends to and follows, up to this release."""
    role = str(conninfo_to_dict(settings.database)["user"])
    await bring_up(settings.database_owner, role, found.service)
    if settings.kafka:
        contexts = {found.service.name, *found.service.reactions}
        topics = broker.wanted_topics(settings.prefix, sorted(contexts), settings.kafka_replicas)
        await broker.create_topics(settings.kafka, topics)
    if found.after_migrate is not None:
        await found.after_migrate(settings)
    say(f"{found.service.name}: migrated")


async def list_aside(found: Composition, settings: Settings, _words: list[str]) -> None:
    """Print what is set aside, a key a line."""
    async with await database.connect(settings.database) as conn:
        (rows,) = await batch.ask(conn, (), [aside.OVERVIEW])
    for topic, key, count, since, reason, attempts in rows:
        say(f"{topic} {key}: {count} since {since:%Y-%m-%d %H:%M}, tried {attempts}: {reason}")
    say(f"{found.service.name}: {len(rows)} keys set aside")


async def redrive(found: Composition, settings: Settings, words: list[str]) -> None:
    """Try again, in order, what is set aside: of one TOPIC KEY, or of all."""
    taker = roles.taker(found, settings)
    async with await database.connect(settings.database) as conn:
        (rows,) = await batch.ask(conn, (), [aside.KEYS])
    wanted = [row for row in rows if not words or [row[0], row[2]] == words]
    for topic, key, shown in wanted:
        done, stopped_by = await taker.redrive(topic, bytes(key))
        say(f"{topic} {shown}: {done} handled" + (f", stopped by: {stopped_by}" * bool(stopped_by)))
    await taker.close()
    say(f"{found.service.name}: {len(wanted)} keys tried")


async def discard(found: Composition, settings: Settings, words: list[str]) -> None:
    """Give up the first record set aside of TOPIC KEY; what waits behind it may then go.

    OPERATOR is the id of who decides it, TICKET the number under which the reasons are kept: both
    stand in the log beside what was given up.
    """
    match words:
        case [topic, key, operator, ticket] if _TICKET.fullmatch(ticket):
            by = UUID(operator)
        case _:
            raise SystemExit("discard: say TOPIC KEY OPERATOR TICKET (aside lists the first two)")
    async with await database.connect(settings.database) as conn:
        (rows,) = await batch.ask(conn, batch.BEGIN, [aside.first_of(topic, key)])
        await batch.ask(conn, [aside.give_up([row[0] for row in rows]), batch.COMMIT], ())
    for _, partition, offset, digest, reason in rows:
        log.warning(
            "set aside and given up",
            service=found.service.name,
            topic=topic,
            key=key,
            partition=partition,
            offset=offset,
            digest=digest,
            reason=reason,
            by=str(by),
            ticket=ticket,
        )
    say(f"{topic} {key}: {len(rows)} record discarded")


async def republish(found: Composition, settings: Settings, _words: list[str]) -> None:
    """Publish the whole log again: the relay's cursor to 0. Consumers skip what they have."""
    if settings.kafka:
        name, replicas = found.service.name, settings.kafka_replicas
        topics = broker.wanted_topics(settings.prefix, [name], replicas)
        await broker.create_topics(settings.kafka, topics)
    async with await database.connect(settings.database) as conn:
        await batch.ask(conn, [Statement("UPDATE relay SET cursor = 0")], ())
    say(f"{found.service.name}: the relay starts again from position 0")


ACTS: dict[str, Act] = {
    "migrate": migrate,
    "aside": list_aside,
    "redrive": redrive,
    "discard": discard,
    "republish": republish,
    "rebuild": rebuild,
}
