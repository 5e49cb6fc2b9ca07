"""What may be read of the views, each by the same scope rule as the decisions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from libs.decider import Refused
from libs.decider.refusals import NOT_FOUND, ROLE_NOT_ALLOWED
from libs.events.envelope import Actor
from libs.events.filing import RosterImported
from libs.events.roles import for_these
from libs.policy import Pack
from libs.runtime.following import laws
from libs.runtime.reading import Found, select
from services.filing import private
from services.filing.commands import Registration
from services.filing.rules.actors import OF_THE_BASE, filings_of
from services.filing.state.known import FilingFacts
from services.filing.state.roster import Attendee

_LIST = """
SELECT f.*, n.name AS unit_name FROM filings f LEFT JOIN unit_names n USING (unit_id)
WHERE ({scope}) {filters} ORDER BY f.version {order} LIMIT %s"""
_ONE = "SELECT * FROM filings WHERE filing_id = %s AND ({scope})"
_ROSTER = """
SELECT body FROM events
WHERE stream = %s AND type = 'filing.RosterImported' AND body::json->>'roster_id' = %s
ORDER BY position"""


async def filings(
    conn: AsyncConnection, actor: Actor, wanted: Mapping[str, Any], limit: int, order: str = "DESC"
) -> list[Found]:
    """The filings in the actor's scope where all that is wanted holds: one row more than a page.

    A condition stands in the query only when it is asked, so that an index can answer it.
    """
    scope, values = filings_of(actor).sql()
    filters = "".join(f" AND {condition}" for condition in wanted)
    query = _LIST.format(scope=scope, filters=filters, order=order)
    return await select(conn, query, [*values, *wanted.values(), limit + 1])


async def filing_of(conn: AsyncConnection, actor: Actor, filing_id: UUID) -> Found:
    """The filing's row, in the actor's scope. Refused: NOT_FOUND."""
    scope, values = filings_of(actor).sql()
    found = await select(conn, _ONE.format(scope=scope), [filing_id, *values])
    if not found:
        raise Refused(NOT_FOUND)
    return found[0]


async def own_filing_of(conn: AsyncConnection, actor: Actor, filing_id: UUID) -> Found:
    """The filing's row, for who acts for its base. Refused: NOT_FOUND, ROLE_NOT_ALLOWED."""
    found = await filing_of(conn, actor, filing_id)
    if actor.role not in OF_THE_BASE:
        raise Refused(for_these(ROLE_NOT_ALLOWED, OF_THE_BASE))
    return found


async def form_of(conn: AsyncConnection, filing_id: UUID) -> Registration:
    """What the base filled in. Refused: NOT_FOUND, when its people were erased."""
    found = await select(conn, "SELECT form FROM forms WHERE filing_id = %s", [filing_id])
    if not found:
        raise Refused(NOT_FOUND)
    return private.form_of(found[0])


async def text_of(conn: AsyncConnection, filing_id: UUID, digest: str | None) -> str:
    """A text that somebody wrote, by its digest; empty when there is none."""
    query = "SELECT text FROM texts WHERE filing_id = %s AND digest = %s"
    found = await select(conn, query, [filing_id, digest])
    return str(found[0]["text"]) if found else ""


async def law(conn: AsyncConnection) -> FilingFacts:
    """The law as it is published."""
    return FilingFacts((await laws.read(conn)).newest)


async def pack_of(conn: AsyncConnection, name: str) -> Pack:
    """The pack as it is published. Refused: NOT_FOUND."""
    found = (await law(conn)).by_pack(name)
    if found is None:
        raise Refused(NOT_FOUND)
    return found.pack


async def unit_name(conn: AsyncConnection, unit_id: UUID) -> str:
    """The unit's public name."""
    found = await select(conn, "SELECT name FROM unit_names WHERE unit_id = %s", [unit_id])
    return str(found[0]["name"]) if found else ""


async def attendees_of(conn: AsyncConnection, filing: Found) -> list[Attendee]:
    """The roster that stands, straight from the log."""
    if filing["roster_id"] is None:
        return []
    stream = f"filing/{filing['filing_id']}"
    chunks = await select(conn, _ROSTER, [stream, str(filing["roster_id"])])
    events = [RosterImported.model_validate_json(chunk["body"]) for chunk in chunks]
    return [Attendee(r.row, r.person_id, r.number_digest) for e in events for r in e.rows]
