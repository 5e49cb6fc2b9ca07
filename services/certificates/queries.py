"""What may be read, each by the same scope rule as everywhere; and as of when it is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND
from libs.events.envelope import Actor
from libs.events.scope import people_of
from libs.policy import Law
from libs.runtime.following import laws, people
from libs.runtime.outbound.heartbeat import HEARD, as_of
from libs.runtime.reading import Found, select
from services.certificates.facts import MAY_LAG
from services.certificates.ledgers import Ledgers
from services.certificates.state import Ledger, Year
from services.certificates.state.known import NO_ENTRIES

_LIST = """
SELECT c.* FROM certificates c LEFT JOIN people USING (person_id)
WHERE ({scope}) {filters} ORDER BY c.person_id DESC, c.certificate_id DESC LIMIT %s"""

NEEDED = ("hours", "identity")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which certificates are asked for, and behind which holder's which one."""

    year: int | None = None
    kind: str | None = None
    valid: bool | None = None
    last: tuple[UUID, UUID] | None = None

    def sql(self, actor: Actor) -> tuple[str, list[Any]]:
        """What is asked and nothing else, so that an index can answer it."""
        asked: dict[str, list[Any]] = {}
        if self.year is not None:
            asked[" AND c.year = %s"] = [self.year]
        if self.kind is not None:
            asked[" AND c.kind = %s"] = [self.kind]
        if self.valid is not None:
            asked[" AND c.valid" if self.valid else " AND NOT c.valid"] = []
        if self.last is not None:
            condition, values = people.behind(actor, "c.person_id, c.certificate_id", self.last)
            asked[condition] = [*values]
        return "".join(asked), [value for values in asked.values() for value in values]


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


async def certificates(
    conn: AsyncConnection, actor: Actor, wanted: Wanted, limit: int
) -> list[Found]:
    """Certificates in the actor's scope, from holder to holder: one row more than a page.

    So a page stops where it is full. In the order of their issue all of a scope would be sorted
    for each: whose they are to see is said by where their holders belong now.
    """
    scope, values = in_scope(actor)
    filters, given = wanted.sql(actor)
    query = _LIST.format(scope=scope, filters=filters)
    return await select(conn, query, [*values, *given, limit + 1])


def in_scope(actor: Actor) -> tuple[str, list[Any]]:
    """The condition of a list of certificates, joined with where their holders belong now."""
    return people_of(actor).sql()


async def year_of(conn: AsyncConnection, person_id: UUID, year: int) -> tuple[Year, Law | None]:
    """A person's entries of a year, straight from the kept events, and the law that counts them."""
    ledger = (await ledgers_of(conn, [person_id])).get(person_id, NO_ENTRIES)
    law_for = await laws.counting_for(conn, person_id)
    return ledger.year(year), law_for(year)


async def ledgers_of(conn: AsyncConnection, holders: Collection[UUID]) -> Mapping[UUID, Ledger]:
    """These people's ledgers, straight from the kept events."""
    ledgers = Ledgers()
    asked = ledgers.ask(holders)
    rows = await (await conn.execute(asked.sql.encode(), asked.params)).fetchall()
    return {person: held.ledger for person, held in ledgers.answer(rows).items()}
