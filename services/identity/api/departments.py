"""单位部门管理: the departments of a unit."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.forms import Form
from services.identity import typed
from services.identity.api.units import UnitName, unit_in_scope
from services.identity.commands import AddDepartment, CloseDepartment
from services.identity.rules import authority
from services.identity.scope import SEE_UNITS

router = APIRouter(tags=["departments (单位部门)"])


class NewDepartment(Form):
    """A department of the unit (新增部门)."""

    name: UnitName = Field(description="部门名称")


class DepartmentShown(BaseModel):
    """A department."""

    department_id: UUID
    name: str = Field(description="部门名称")
    version: int


@router.post(
    "/units/{unit_id}/departments",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def add_department(unit_id: UUID, words: NewDepartment, click: Clicked) -> JSONResponse:
    """Add a department (新增部门)."""
    command = AddDepartment(
        envelope=click.envelope,
        unit_id=unit_id,
        department_id=uuid7(),
        name=typed.public_name(words.name),
    )
    return await click.answer(command, 201)


@router.get("/units/{unit_id}/departments", openapi_extra=by(SEE_UNITS))
async def departments(unit_id: UUID, desk: AtDesk, actor: Caller) -> list[DepartmentShown]:
    """The unit's open departments (单位部门)."""
    await unit_in_scope(desk, actor, unit_id)
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT department_id, name, version FROM departments "
            "WHERE unit_id = %s AND NOT closed ORDER BY department_id",
            (unit_id,),
        )
        return [
            DepartmentShown(department_id=department_id, name=name, version=version)
            for department_id, name, version in await rows.fetchall()
        ]


@router.delete(
    "/units/{unit_id}/departments/{department_id}",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def close_department(unit_id: UUID, department_id: UUID, click: Clicked) -> JSONResponse:
    """Close a department (撤销部门); its people then belong to the general admin."""
    command = CloseDepartment(envelope=click.envelope, unit_id=unit_id, department_id=department_id)
    return await click.answer(command)
