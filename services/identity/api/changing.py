"""A change of what the vault holds: read, changed, sealed again, and judged by its version."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi.responses import JSONResponse
from pydantic import Field

from libs.decider import Refused
from libs.events.documents import DocumentKind
from libs.events.roles import for_these
from libs.events.text import Text
from libs.runtime import refusals
from libs.runtime.web.click import Click
from libs.runtime.web.forms import Form
from services.identity import personal, typed
from services.identity.api import door
from services.identity.api.shapes import (
    Email,
    Mobile,
    Name,
)
from services.identity.commands import ChangeDetails, CorrectIdentity
from services.identity.rules.person import NOT_YOUR_TASK, NOT_YOURS
from services.identity.rules.person.changing import MAY_CHANGE, MAY_CORRECT
from services.identity.tools import Tools
from services.identity.vault import Details

TRIES = 3


class Change(Form):
    """What is to be changed; what is not named stays."""

    mobile: Mobile | None = None
    email: Email | None = None


class Correction(Form):
    """The right name or number (身份信息更正), and the proof that was seen."""

    name: Name | None = Field(None, description="姓名")
    kind: DocumentKind | None = Field(None, description="证件类型, with the number")
    number: Annotated[Text, Field(min_length=1, max_length=40)] | None = Field(
        None, description="证件号码", examples=["450102199003071238"]
    )
    proof: Annotated[Text, Field(min_length=2, max_length=200)] = Field(
        description="证明材料: kept in the vault", examples=["户口簿更名页，2024年11月核对"]
    )


Changed = Callable[[Details], Details]


async def change_details(
    click: Click, tools: Tools, person_id: UUID, words: Change
) -> JSONResponse:
    """Mobile or e-mail."""
    mobile = None if words.mobile is None else typed.mobile_of(words.mobile)
    email = None if words.email is None else typed.email_of(words.email)
    given = {k: v for k, v in (("mobile", mobile), ("email", email)) if v is not None}
    return await _change(
        ChangeDetails, click, tools, person_id, lambda kept: msgspec.structs.replace(kept, **given)
    )


async def correct_identity(
    click: Click, tools: Tools, person_id: UUID, words: Correction
) -> JSONResponse:
    """Name or number, on proof."""
    given: dict[str, object] = {}
    if words.name is not None:
        given["name"] = typed.name_of(words.name)
    if words.number is not None:
        found = typed.document_of(words.kind or DocumentKind.RESIDENT_ID, words.number)
        given |= {"kind": found.kind, "number": found.number}
    return await _change(
        CorrectIdentity,
        click,
        tools,
        person_id,
        lambda kept: msgspec.structs.replace(
            kept, **given, proofs=(*kept.proofs, words.proof) if given else kept.proofs
        ),
    )


async def _change(
    kind: type[ChangeDetails] | type[CorrectIdentity],
    click: Click,
    tools: Tools,
    person_id: UUID,
    changed: Changed,
) -> JSONResponse:
    """Judged by the version that was read; read again when somebody else was faster. In a role
    that changes nobody, nobody hears whether there is such a person."""
    actor = click.envelope.actor
    of_oneself = kind is ChangeDetails and actor.id == person_id
    may = MAY_CHANGE if kind is ChangeDetails else MAY_CORRECT
    if not of_oneself and actor.role not in may:
        raise Refused(for_these(NOT_YOUR_TASK, may))
    for left in reversed(range(TRIES)):
        async with click.desk.reading() as conn:
            kept = await personal.kept(conn, tools.vault, person_id)
        if kept is None:
            raise Refused(NOT_YOURS)
        details = changed(kept.details)
        fields = tuple(
            name
            for name in ("kind", "number", "name", "mobile", "email")
            if getattr(details, name) != getattr(kept.details, name)
        )
        expected = click.envelope.expected
        command = kind(
            envelope=replace(
                click.envelope, expected=kept.version if expected is None else expected
            ),
            person_id=person_id,
            fields=fields,
            personal=tools.vault.personal(person_id, details),
        )
        try:
            return await door.answer(click, command)
        except Refused as refused:
            if refused.rule is not refusals.STALE or expected is not None or not left:
                raise
    raise Refused(refusals.STALE)
