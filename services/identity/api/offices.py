"""三员: how the offices of system, security and audit administrator are taken and left."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import digest_of
from libs.events.envelope import Role
from libs.events.identity import Way
from libs.events.roles import for_these
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked, click_by
from services.identity import accounts, passwords, typed
from services.identity.api import door
from services.identity.api.door import Kit
from services.identity.api.shapes import Code, Mobile, Name, Papers, Password
from services.identity.api.units import Handed
from services.identity.commands import Holder, IssueCode, LeaveOffice, TakeOffice
from services.identity.rules import authority
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.admins import NOT_APPOINTED
from services.identity.rules.codes import office_id
from services.identity.rules.person import NOT_YOUR_TASK

router = APIRouter(tags=["offices (三员)"])

OFFICE_CODE_LASTS = timedelta(days=7)


class Taking(Papers):
    """Who takes the office, and the one-time code that allows it."""

    name: Name
    mobile: Mobile = ""
    code: Code
    password: Password


class OfficeShown(BaseModel):
    """An office and its holder."""

    role: Role
    person_id: UUID | None
    name: str | None = Field(description="现任")


@router.put(
    "/offices/{role}/holder",
    status_code=201,
    response_model=Answer,
    openapi_extra={"x-open": True},
)
async def take_office(role: Role, words: Taking, request: Request, tools: Kit) -> JSONResponse:
    """Take an office with its one-time code (就任). Nobody holds two of the three."""
    details = typed.details_of(words.kind, words.number, words.name, words.mobile, "")
    passwords.check(words.password, details)
    digest = digest_of(details.document, tools.vault.match_key)
    click = await click_by(request, door.stranger(digest))
    office = office_id(role)
    async with click.desk.reading() as conn:
        waiting = await accounts.pending(conn, office, Way.HANDED)
        known = await accounts.of_number(conn, digest)
    if waiting is not None and not tools.codes.good(waiting, Way.HANDED, words.code):
        raise Refused(CODE_WRONG)
    person_id = known.account_id if known else uuid7()
    command = TakeOffice(
        envelope=click.envelope,
        person_id=person_id,
        role=role,
        office_id=office,
        activation_id=waiting or uuid7(),
        personal=tools.vault.personal(person_id, details),
        password_hash=await tools.passwords.hash(words.password),
    )
    return await door.answer(click, command, 201)


@router.get("/offices", openapi_extra=by(authority.OFFICES))
async def offices(desk: AtDesk, actor: Caller) -> list[OfficeShown]:
    """The three offices (三员) and who holds them."""
    if actor.role not in authority.OFFICES:
        raise Refused(for_these(NOT_YOUR_TASK, authority.OFFICES))
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT role, person_id, name FROM officers JOIN shown USING (person_id)"
        )
        held = {Role(role): (person_id, name) for role, person_id, name in await rows.fetchall()}
    return [
        OfficeShown(role=role, person_id=person_id, name=name)
        for role in sorted(authority.OFFICES)
        for person_id, name in [held.get(role, (None, None))]
    ]


@router.delete("/offices/{role}/holder", response_model=Answer, openapi_extra=by(authority.OFFICES))
async def leave_office(role: Role, click: Clicked) -> JSONResponse:
    """The holder leaves, or is relieved by the office that hands out this one's codes (卸任)."""
    async with click.desk.reading() as conn:
        rows = await conn.execute("SELECT person_id FROM officers WHERE role = %s", (role.value,))
        row = await rows.fetchone()
    if row is None:
        raise Refused(NOT_APPOINTED)
    return await click.answer(LeaveOffice(envelope=click.envelope, person_id=row[0], role=role))


@router.post(
    "/offices/{role}/activation-code",
    status_code=201,
    openapi_extra=by(authority.GIVES_CODE_TO_OFFICES),
)
async def office_code(role: Role, click: Clicked, tools: Kit) -> Handed:
    """A code for the next holder of a vacant office (发放激活码)."""
    command = IssueCode(
        envelope=click.envelope,
        holder=Holder.OFFICE,
        account_id=office_id(role),
        activation_id=uuid7(),
        way=Way.HANDED,
        until=click.envelope.at + OFFICE_CODE_LASTS,
        pause=timedelta(),
    )
    accepted = await click.submit(command)
    return Handed(code=tools.codes.of(UUID(accepted.said["id"]), Way.HANDED))
