"""所属单位与部门: the unit answers who says to be one of its own, and gives departments."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from libs.policy import china_day
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, Clicked, ItemAnswer
from libs.runtime.web.forms import Form
from libs.runtime.web.limits import Several
from services.identity.commands import AssignDepartment, ConfirmMembership, DeclineMembership
from services.identity.rules import authority

router = APIRouter(tags=["membership (所属单位与部门)"])


class Chosen(Form):
    """Several people."""

    people: Several[UUID]


class Assignment(Form):
    """A department, or none (由单位总管理员管理)."""

    department_id: UUID | None


class Assignments(Chosen):
    """Several people into one department."""

    department_id: UUID | None


@router.post(
    "/people/{person_id}/confirmation",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def confirm(person_id: UUID, click: Clicked) -> JSONResponse:
    """Confirm that a person is one of the unit's own (确认所属单位)."""
    command = ConfirmMembership(
        envelope=click.envelope, person_id=person_id, effective=china_day(click.envelope.at)
    )
    return await click.answer(command)


@router.post(
    "/people/{person_id}/refusal",
    response_model=Answer,
    openapi_extra=by(authority.MANAGERS),
)
async def decline(person_id: UUID, click: Clicked) -> JSONResponse:
    """Say that a person is none of the unit's own (不予确认所属单位)."""
    return await click.answer(DeclineMembership(envelope=click.envelope, person_id=person_id))


@router.post("/people/confirmations", openapi_extra=by(authority.MANAGERS) | {"x-no-version": True})
async def confirm_several(words: Chosen, click: Clicked) -> list[ItemAnswer]:
    """Confirm several people, one answer each (批量确认)."""
    day = china_day(click.envelope.at)
    return await click.answer_each(
        [
            ConfirmMembership(envelope=click.item(n), person_id=person_id, effective=day)
            for n, person_id in enumerate(words.people)
        ]
    )


@router.put(
    "/people/{person_id}/department",
    response_model=Answer,
    openapi_extra=by(authority.ASSIGNS),
)
async def assign(person_id: UUID, words: Assignment, click: Clicked) -> JSONResponse:
    """Give a person a department of the unit, or none (选择部门人员)."""
    command = AssignDepartment(
        envelope=click.envelope,
        person_id=person_id,
        department_id=words.department_id,
        effective=china_day(click.envelope.at),
    )
    return await click.answer(command)


@router.post("/people/departments", openapi_extra=by(authority.ASSIGNS) | {"x-no-version": True})
async def assign_several(words: Assignments, click: Clicked) -> list[ItemAnswer]:
    """Give several people one department, one answer each (批量选择部门人员)."""
    day = china_day(click.envelope.at)
    return await click.answer_each(
        [
            AssignDepartment(
                envelope=click.item(n),
                person_id=person_id,
                department_id=words.department_id,
                effective=day,
            )
            for n, person_id in enumerate(words.people)
        ]
    )
