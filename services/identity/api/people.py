"""专业技术人员管理: the people of the caller's scope, and one of them."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import digest_of
from libs.events.identity import Way
from libs.events.roles import for_these
from libs.events.scope import SEE_PEOPLE
from libs.events.text import Text
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.forms import Form
from libs.runtime.web.paging import MOST_A_PAGE, Page
from services.identity import accounts, listing, personal
from services.identity.api.changing import Change, Correction, change_details, correct_identity
from services.identity.api.door import Kit
from services.identity.api.shapes import Papers
from services.identity.api.units import Handed
from services.identity.commands import ErasePerson, Holder, IssueCode
from services.identity.listing import Membership, PersonShown, Wanted
from services.identity.rules import authority
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.person import NOT_YOUR_TASK, NOT_YOURS
from services.identity.rules.person.changing import MAY_CHANGE, MAY_CORRECT

router = APIRouter(tags=["people (专业技术人员管理)"])

PERSON_CODE_LASTS = timedelta(days=30)


class PersonDetails(PersonShown):
    """A person, as whoever manages people sees one."""

    kind: str = Field(description="证件类型")
    mobile: str
    email: str


class Search(Form):
    """Whom to find. In the body, since names and numbers never stand in an address."""

    name: Annotated[Text, Field(max_length=50)] | None = Field(
        None,
        description="姓名, its pinyin, or its initials, from the beginning; within one unit or "
        "department also from anywhere in 姓名",
        examples=["覃", "qxm"],
    )
    document: Papers | None = Field(None, description="证件号码")
    unit_id: UUID | None = None
    department_id: UUID | None = None
    no_department: bool = Field(False, description="未选择部门的人员")
    membership: Membership | None = None
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=MOST_A_PAGE)


@router.get("/people", openapi_extra=by(SEE_PEOPLE))
async def people(
    desk: AtDesk,
    actor: Caller,
    tools: Kit,
    unit_id: UUID | None = None,
    department_id: UUID | None = None,
    membership: Membership | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[PersonShown]:
    """The people of the caller's scope (专业技术人员管理), by pinyin. To search, POST."""
    wanted = Search(
        unit_id=unit_id,
        department_id=department_id,
        membership=membership,
        cursor=cursor,
        limit=limit,
    )
    return await search(wanted, desk, actor, tools)


@router.post("/people/search", openapi_extra=by(SEE_PEOPLE) | {"x-no-key": True})
async def search(words: Search, desk: AtDesk, actor: Caller, tools: Kit) -> Page[PersonShown]:
    """The same by name, pinyin or number (查询). Changes nothing and needs no key."""
    papers = words.document and words.document.document()
    digest = digest_of(papers, tools.vault.match_key) if papers else None
    wanted = Wanted(**words.model_dump(exclude={"document"}), digest=digest)
    async with desk.reading() as conn:
        return await listing.people(conn, actor, wanted)


@router.get("/people/{person_id}", response_model=PersonDetails, openapi_extra=by(SEE_PEOPLE))
async def person(person_id: UUID, desk: AtDesk, actor: Caller, tools: Kit) -> JSONResponse:
    """One person of the caller's scope (人员信息), with ETag."""
    async with desk.reading() as conn:
        shown = await listing.person_in_scope(conn, actor, person_id)
        kept = await personal.details(conn, tools.vault, person_id)
    if kept is None:
        raise Refused(NOT_YOURS)
    found = PersonDetails(
        **shown.model_dump(), kind=kept.kind.value, mobile=kept.mobile, email=kept.email
    )
    return JSONResponse(found.model_dump(mode="json"), 200, {"ETag": f'"{shown.version}"'})


@router.patch(
    "/people/{person_id}",
    response_model=Answer,
    openapi_extra=by(MAY_CHANGE | authority.ONESELF),
)
async def change(person_id: UUID, words: Change, click: Clicked, tools: Kit) -> JSONResponse:
    """Change somebody's mobile or e-mail (修改), by an admin in scope; the own: `PATCH /me`."""
    return await change_details(click, tools, person_id, words)


@router.put("/people/{person_id}/identity", response_model=Answer, openapi_extra=by(MAY_CORRECT))
async def correct(person_id: UUID, words: Correction, click: Clicked, tools: Kit) -> JSONResponse:
    """Correct name or number on proof (身份信息更正); certificates stay valid."""
    return await correct_identity(click, tools, person_id, words)


@router.delete("/people/{person_id}", response_model=Answer, openapi_extra=by(authority.PROVINCE))
async def erase(person_id: UUID, click: Clicked) -> JSONResponse:
    """Forget who a person was (个人信息删除), by the province bureau."""
    return await click.answer(ErasePerson(envelope=click.envelope, person_id=person_id))


@router.post(
    "/people/{person_id}/activation-code",
    status_code=201,
    openapi_extra=by(authority.STAFF),
)
async def reset(person_id: UUID, click: Clicked, tools: Kit) -> Handed:
    """Make a one-time code (发放激活码, 重置密码): the old password is no longer good."""
    command = IssueCode(
        envelope=click.envelope,
        holder=Holder.PERSON,
        account_id=person_id,
        activation_id=uuid7(),
        way=Way.HANDED,
        until=click.envelope.at + PERSON_CODE_LASTS,
        pause=timedelta(),
    )
    accepted = await click.submit(command)
    return Handed(code=tools.codes.of(UUID(accepted.said["id"]), Way.HANDED))


@router.get("/people/{person_id}/activation-code", openapi_extra=by(authority.MANAGERS))
async def code(person_id: UUID, desk: AtDesk, actor: Caller, tools: Kit) -> Handed:
    """The code that waits to be used (激活码), for the unit to hand over."""
    if actor.role not in authority.MANAGERS:
        raise Refused(for_these(NOT_YOUR_TASK, authority.MANAGERS))
    async with desk.reading() as conn:
        await listing.person_in_scope(conn, actor, person_id)
        waiting = await accounts.pending(conn, person_id, Way.HANDED)
    if waiting is None:
        raise Refused(CODE_WRONG)
    return Handed(code=tools.codes.of(waiting, Way.HANDED))
