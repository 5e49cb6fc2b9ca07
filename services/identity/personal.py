"""One person's details out of the vault, with the version that they were read at."""

from dataclasses import dataclass
from uuid import UUID

from psycopg import AsyncConnection

from services.identity.vault import Details, Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """What the vault holds of a person, and the person's version then."""

    details: Details
    version: int


async def details(conn: AsyncConnection, vault: Vault, person_id: UUID) -> Details | None:
    """The person's details; none for a unit or an unknown one."""
    rows = await conn.execute("SELECT sealed FROM vault WHERE person_id = %s", (person_id,))
    row = await rows.fetchone()
    return vault.open(person_id, bytes(row[0])) if row else None


async def kept(conn: AsyncConnection, vault: Vault, person_id: UUID) -> Kept | None:
    """The details of somebody who belongs to a unit, for a change of them."""
    rows = await conn.execute(
        "SELECT sealed, version FROM vault JOIN people USING (person_id) WHERE person_id = %s",
        (person_id,),
    )
    row = await rows.fetchone()
    return Kept(vault.open(person_id, bytes(row[0])), row[1]) if row else None
