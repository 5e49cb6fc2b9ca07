"""单位管理员管理: who may act for a unit."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.events.envelope import Role
from libs.events.roles import for_these
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.forms import Form
from services.identity.api.units import unit_in_scope
from services.identity.commands import (
    AllowLogin,
    AppointAdmin,
    ChangeAdminScope,
    DenyLogin,
    DismissAdmin,
)
from services.identity.rules import authority
from services.identity.rules.person import NOT_YOUR_TASK

router = APIRouter(tags=["admins (单位管理员)"])

SEE_ADMINS = authority.MANAGERS | authority.BUREAUS


class Appointment(Form):
    """Who is appointed to what (新增管理员)."""

    person_id: UUID = Field(description="人员编号, of somebody confirmed as the unit's own")
    role: Role = Field(
        description="登录身份: 总管理员, 二级管理员, or the staff of a bureau or authority"
    )
    department_id: UUID | None = Field(None, description="二级管理员的部门")
    login_allowed: bool = Field(description="允许登录系统")


class Scope(Form):
    """The admin's department; none makes a general admin (总管理员)."""

    department_id: UUID | None


class Allowed(Form):
    """允许登录系统."""

    allowed: bool


class AdminShown(BaseModel):
    """Somebody who acts for the unit."""

    person_id: UUID
    name: str = Field(description="姓名")
    masked: str = Field(description="证件号码（隐去中间）")
    role: Role
    department_id: UUID | None
    login_allowed: bool
    activated: bool = Field(description="已激活账号")
    version: int


@router.post(
    "/units/{unit_id}/admins",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def appoint(unit_id: UUID, words: Appointment, click: Clicked) -> JSONResponse:
    """Appoint an admin of the unit (新增管理员), by its 单位账号."""
    command = AppointAdmin(envelope=click.envelope, unit_id=unit_id, **words.model_dump())
    return await click.answer(command, 201)


@router.get("/units/{unit_id}/admins", openapi_extra=by(SEE_ADMINS))
async def admins(unit_id: UUID, desk: AtDesk, actor: Caller) -> list[AdminShown]:
    """The unit's admins (单位管理员)."""
    if actor.role not in SEE_ADMINS:
        raise Refused(for_these(NOT_YOUR_TASK, SEE_ADMINS))
    await unit_in_scope(desk, actor, unit_id)
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT a.person_id, s.name, s.masked, a.role, a.department_id, a.allowed, "
            "c.account_id IS NOT NULL, a.version FROM admins a JOIN shown s USING (person_id) "
            "LEFT JOIN credentials c ON c.account_id = a.person_id "
            "WHERE a.unit_id = %s ORDER BY s.pinyin, a.person_id, a.role",
            (unit_id,),
        )
        return [
            AdminShown(**dict(zip(AdminShown.model_fields, row, strict=True)))
            for row in await rows.fetchall()
        ]


@router.put(
    "/units/{unit_id}/admins/{person_id}/department",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def change_scope(
    unit_id: UUID, person_id: UUID, words: Scope, click: Clicked
) -> JSONResponse:
    """Give an admin another department, or none (分配部门)."""
    command = ChangeAdminScope(
        envelope=click.envelope,
        unit_id=unit_id,
        person_id=person_id,
        department_id=words.department_id,
    )
    return await click.answer(command)


@router.put(
    "/units/{unit_id}/admins/{person_id}/login",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def allow_login(
    unit_id: UUID, person_id: UUID, words: Allowed, click: Clicked
) -> JSONResponse:
    """Tick or untick 允许登录系统; unticked, the admin's sessions end."""
    kind = AllowLogin if words.allowed else DenyLogin
    return await click.answer(kind(envelope=click.envelope, unit_id=unit_id, person_id=person_id))


@router.delete(
    "/units/{unit_id}/admins/{person_id}/{role}",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def dismiss(unit_id: UUID, person_id: UUID, role: Role, click: Clicked) -> JSONResponse:
    """Dismiss an admin (撤销管理员); the sessions in that role end."""
    command = DismissAdmin(envelope=click.envelope, unit_id=unit_id, person_id=person_id, role=role)
    return await click.answer(command)
