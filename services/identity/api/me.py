"""我的信息: what a person sees and changes of themself, and one's own password."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import DocumentKind
from libs.events.envelope import Actor, Role
from libs.events.roles import EVERYBODY
from libs.policy import china_day
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.desk import Desk
from libs.runtime.web.forms import Form
from services.identity import accounts, passwords, personal
from services.identity.api import guessing
from services.identity.api.changing import Change, change_details
from services.identity.api.door import Kit
from services.identity.api.sessions import holder_of
from services.identity.api.shapes import Password
from services.identity.commands import AssignDepartment, ChangePassword, Transfer
from services.identity.rules import authority
from services.identity.rules.account import LOCKED, PASSWORD_SAME, PRESENT_WRONG
from services.identity.rules.person import NOT_YOURS

router = APIRouter(tags=["me (我的信息)"])

PEOPLE = EVERYBODY - {Role.UNIT_ACCOUNT}
"""Who has personal details: the account of a unit is nobody's."""


class Me(BaseModel):
    """我的信息."""

    person_id: UUID
    name: str = Field(description="姓名")
    kind: DocumentKind = Field(description="证件类型")
    masked: str = Field(description="证件号码（隐去中间）")
    mobile: str
    email: str
    unit_id: UUID
    unit_name: str
    department_id: UUID | None
    department_name: str | None
    membership: str = Field(description="pending 待单位确认, member 已确认, declined 不予确认")
    version: int


class MyRole(BaseModel):
    """Who is logged in with no person's details: a unit's account, or one of the three (三员)."""

    account_id: UUID
    role: Role = Field(description="The role chosen at login (登录身份)")
    unit_id: UUID | None = Field(description="单位账号: the unit; none for the three")
    unit_name: str | None


class Department(Form):
    """所属部门; none: with the general admin."""

    department_id: UUID | None


class Move(Form):
    """The unit where the 人事（劳动）关系 is now."""

    unit_id: UUID
    department_id: UUID | None = None


class PasswordChange(Form):
    """The present password and the new one."""

    present: Annotated[str, Field(max_length=128, description="原密码")]
    password: Password


@router.get("/me", response_model=Me | MyRole, openapi_extra=by(EVERYBODY))
async def me(desk: AtDesk, actor: Caller, tools: Kit) -> JSONResponse:
    """My details, my unit and my department (我的信息); of a unit's account or one of the three
    administrators what it is."""
    if actor.role is Role.UNIT_ACCOUNT or actor.role in authority.OFFICES:
        return JSONResponse((await _role(desk, actor)).model_dump(mode="json"))
    async with desk.reading() as conn:
        kept = await personal.kept(conn, tools.vault, actor.id)
        rows = await conn.execute(
            "SELECT p.unit_id, u.name, p.department_id, d.name, p.membership FROM people p "
            "JOIN units u ON u.unit_id = p.unit_id "
            "LEFT JOIN departments d ON d.department_id = p.department_id AND NOT d.closed "
            "WHERE p.person_id = %s",
            (actor.id,),
        )
        row = await rows.fetchone()
    if kept is None or row is None:
        raise Refused(NOT_YOURS)
    unit_id, unit_name, department_id, department_name, membership = row
    found = Me(
        person_id=actor.id,
        name=kept.details.name,
        kind=kept.details.kind,
        masked=kept.details.document.masked,
        mobile=kept.details.mobile,
        email=kept.details.email,
        unit_id=unit_id,
        unit_name=unit_name,
        department_id=department_id,
        department_name=department_name,
        membership=membership,
        version=kept.version,
    )
    return JSONResponse(found.model_dump(mode="json"), 200, {"ETag": f'"{kept.version}"'})


async def _role(desk: Desk, actor: Actor) -> MyRole:
    async with desk.reading() as conn:
        rows = await conn.execute("SELECT name FROM units WHERE unit_id = %s", (actor.unit_id,))
        row = await rows.fetchone()
    name = row[0] if row else None
    return MyRole(account_id=actor.id, role=actor.role, unit_id=actor.unit_id, unit_name=name)


@router.patch("/me", response_model=Answer, openapi_extra=by(PEOPLE))
async def change_mine(words: Change, click: Clicked, tools: Kit) -> JSONResponse:
    """Change my mobile or e-mail (个人信息修改)."""
    return await change_details(click, tools, click.envelope.actor.id, words)


@router.put("/me/department", response_model=Answer, openapi_extra=by(authority.ASSIGNS & PEOPLE))
async def my_department(words: Department, click: Clicked) -> JSONResponse:
    """Choose my department (我的信息—所属部门)."""
    command = AssignDepartment(
        envelope=click.envelope,
        person_id=click.envelope.actor.id,
        department_id=words.department_id,
        effective=china_day(click.envelope.at),
    )
    return await click.answer(command)


@router.put("/me/unit", response_model=Answer, openapi_extra=by(authority.ONESELF))
async def my_unit(words: Move, click: Clicked) -> JSONResponse:
    """Move to another unit (更改所在单位); the new unit confirms, roles in the old one end."""
    command = Transfer(
        envelope=click.envelope,
        person_id=click.envelope.actor.id,
        unit_id=words.unit_id,
        department_id=words.department_id,
        effective=china_day(click.envelope.at),
    )
    return await click.answer(command)


@router.put("/me/password", response_model=Answer, openapi_extra=by(EVERYBODY))
async def my_password(words: PasswordChange, click: Clicked, tools: Kit) -> JSONResponse:
    """Change my password (修改密码), or the unit account's; all other sessions end."""
    actor = click.envelope.actor
    async with click.desk.reading() as conn:
        known = await accounts.of_id(conn, holder_of(actor.role), actor.id)
        details = await personal.details(conn, tools.vault, actor.id)
    if words.password == words.present:
        raise Refused(PASSWORD_SAME)
    passwords.check(words.password)
    new = await tools.passwords.hash(words.password)  # first, so that both answers take as long
    command = ChangePassword(
        envelope=click.envelope,
        holder=known.holder,
        account_id=actor.id,
        password_hash=new,
        about_holder=passwords.is_about(words.password, details),
    )
    async with guessing.guarded(click, PRESENT_WRONG, LOCKED):
        right = await tools.passwords.verify(known.hash, words.present)
        if not right and not await click.repeats(command):
            await guessing.count(click, known.holder, actor.id, uuid7())
            raise Refused(PRESENT_WRONG)
        return await click.answer(command)
