"""Entries of a sheet or a form into the batch, and what became of each."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.identity import Way
from libs.events.roles import for_these
from libs.policy import china_day
from libs.runtime.log.answers import Accepted
from libs.runtime.web.click import Click, together
from libs.runtime.web.desk import Desk
from libs.runtime.web.problems import ItemRefusal
from services.identity.api.door import submit
from services.identity.api.people import PERSON_CODE_LASTS
from services.identity.commands import EnrolPerson
from services.identity.enrolment import Entry
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK
from services.identity.tools import Tools


class Enrolled(BaseModel):
    """A row's result: the person with the one-time code, or the reason why not."""

    row: int = Field(description="The row of the sheet; 0 where there is none")
    person_id: UUID | None = None
    activation_code: str | None = Field(None, description="激活码, while it is unused")
    refused: ItemRefusal = None


async def enrol(click: Click, tools: Tools, entries: Sequence[Entry]) -> list[UUID | Refused]:
    """The person of each entry, or why not. Refused: KEY_REUSED, NOT_YOUR_TASK."""
    unit_id = click.envelope.actor.unit_id
    if unit_id is None:
        raise Refused(for_these(NOT_YOUR_TASK, authority.MANAGERS))
    known = await _known(click.desk, [entry.personal.digest for entry in entries])
    entries = [_as(known.get(entry.personal.digest), entry, tools) for entry in entries]
    commands = [
        EnrolPerson(
            envelope=click.item(entry.row),
            person_id=entry.person_id,
            unit_id=unit_id,
            department_id=entry.department_id,
            effective=china_day(click.envelope.at),
            personal=entry.personal,
            activation_id=uuid7(),
            until=click.envelope.at + PERSON_CODE_LASTS,
        )
        for entry in entries
    ]
    outcomes = await together(submit(click, command) for command in commands)
    results: list[UUID | Refused] = []
    for outcome in outcomes:
        if isinstance(outcome, Accepted):
            results.append(UUID(outcome.said["id"]))
        elif isinstance(outcome, Refused):
            results.append(outcome)
        else:
            raise outcome
    return results


def _as(person_id: UUID | None, entry: Entry, tools: Tools) -> Entry:
    """The entry of somebody who is known already, sealed for that person."""
    if person_id is None:
        return entry
    details = tools.vault.open(entry.person_id, entry.personal.sealed)
    return replace(entry, person_id=person_id, personal=tools.vault.personal(person_id, details))


async def _known(desk: Desk, digests: Sequence[str]) -> dict[str, UUID]:
    """People with these numbers who belong to no unit (the three administrators)."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT digest, person_id FROM vault v WHERE digest = ANY(%s) "
            "AND NOT EXISTS (SELECT FROM people p WHERE p.person_id = v.person_id)",
            (list(digests),),
        )
        return dict(await rows.fetchall())


async def shown(desk: Desk, tools: Tools, taken: Sequence[tuple[int, UUID]]) -> list[Enrolled]:
    """With the codes that wait to be used."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT account_id, activation_id FROM activations "
            "WHERE account_id = ANY(%s) AND way = %s",
            ([person_id for _row, person_id in taken], Way.HANDED.value),
        )
        waiting = dict(await rows.fetchall())
    return [
        Enrolled(
            row=row,
            person_id=person_id,
            activation_code=tools.codes.of(waiting[person_id], Way.HANDED)
            if person_id in waiting
            else None,
        )
        for row, person_id in taken
    ]
