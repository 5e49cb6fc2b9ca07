"""What may be read, each by the same scope rule as everywhere; and as of when it is known."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.envelope import Actor
from libs.events.scope import people_of
from libs.policy import Law
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import HEARD, as_of
from libs.runtime.reading import Found, select
from services.certificates.facts import MAY_LAG
from services.certificates.ledgers import Ledgers
from services.certificates.state import Ledger, Year
from services.certificates.state.known import NO_ENTRIES

NEEDED = ("hours", "identity")


async def known_as_of(conn: AsyncConnection) -> datetime | None:
    """As of when hours and identity are known here; None where one was never heard."""
    rows = await (await conn.execute(HEARD.sql.encode())).fetchall()
    return as_of(rows, *NEEDED)


def is_current(as_of: datetime | None, now: datetime) -> bool:
    """Whether that is recent enough to call a certificate valid."""
    return as_of is not None and now - as_of <= MAY_LAG


def told_as_of(heard: datetime | None, fell: datetime | None) -> datetime | None:
    """As of when what is told is known: what has fallen has fallen, whatever is heard later."""
    return max(filter(None, (heard, fell)), default=None)


async def certificate(conn: AsyncConnection, actor: Actor, certificate_id: UUID) -> Found:
    """One certificate in the actor's scope. Refused: NOT_FOUND."""
    condition, values = in_scope(actor)
    rows = await select(
        conn,
        f"SELECT c.* FROM certificates c LEFT JOIN people USING (person_id) "
        f"WHERE certificate_id = %s AND ({condition})",
        [certificate_id, *values],
    )
    if not rows:
        raise Refused(NOT_FOUND)
    return rows[0]


def in_scope(actor: Actor) -> tuple[str, list[Any]]:
    """The condition of a list of certificates, joined with where their holders belong now."""
    return people_of(actor).sql()


async def year_of(conn: AsyncConnection, person_id: UUID, year: int) -> tuple[Year, Law | None]:
    """A person's entries of a year, straight from the kept events, and the law that counts them."""
    ledger = (await ledgers_of(conn, [person_id])).get(person_id, NO_ENTRIES)
    law_for = await laws.counting_for(conn, person_id)
    return ledger.year(year), law_for(year)


async def ledgers_of(conn: AsyncConnection, people: Collection[UUID]) -> Mapping[UUID, Ledger]:
    """These people's ledgers, straight from the kept events."""
    ledgers = Ledgers()
    asked = ledgers.ask(people)
    rows = await (await conn.execute(asked.sql.encode(), asked.params)).fetchall()
    return {person: held.ledger for person, held in ledgers.answer(rows).items()}
