"""专业技术人员管理: the people of the caller's scope, and one of them."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from psycopg import AsyncConnection
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import digest_of
from libs.events.envelope import Actor
from libs.events.identity import Way
from libs.events.scope import people_of
from libs.events.text import Text
from libs.runtime import refusals
from libs.runtime.web import paging
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.paging import MOST_A_PAGE, Page
from services.identity import accounts, personal
from services.identity.api.changing import Change, Correction, change_details, correct_identity
from services.identity.api.door import Kit
from services.identity.api.shapes import Papers, Words
from services.identity.api.units import Handed
from services.identity.commands import ErasePerson, Holder, IssueCode
from services.identity.rules import authority
from services.identity.rules.account import CODE_WRONG
from services.identity.rules.person import NOT_YOUR_TASK, NOT_YOURS

router = APIRouter(tags=["people (专业技术人员管理)"])

PERSON_CODE_LASTS = timedelta(days=30)
Membership = Literal["pending", "member", "declined"]


class PersonShown(BaseModel):
    """A person, as lists show one."""

    person_id: UUID
    name: str
    masked: str = Field(description="证件号码（隐去中间）", examples=["450102********123X"])
    unit_id: UUID
    department_id: UUID | None
    membership: Membership
    activated: bool = Field(description="已激活账号")
    version: int


class PersonDetails(PersonShown):
    """A person, as whoever manages people sees one."""

    kind: str
    mobile: str
    email: str


class Search(Words):
    """Whom to find. In the body, since names and numbers never stand in an address."""

    name: Annotated[Text, Field(max_length=50)] | None = Field(
        None, description="姓名, its pinyin, or its initials", examples=["覃", "qinxm"]
    )
    document: Papers | None = Field(None, description="证件号码")
    unit_id: UUID | None = None
    department_id: UUID | None = None
    no_department: bool = Field(False, description="未选择部门的人员")
    membership: Membership | None = None
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=MOST_A_PAGE)


_SHOWN = (
    "SELECT p.person_id, s.name, s.masked, p.unit_id, p.department_id, p.membership, "
    "c.account_id IS NOT NULL, p.version FROM (SELECT * FROM people WHERE {allowed}) p "
    "JOIN shown s ON s.person_id = p.person_id "
    "LEFT JOIN credentials c ON c.account_id = p.person_id WHERE {wanted}"
)


@router.get("/people")
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


@router.post("/people/search", openapi_extra={"x-no-key": True})
async def search(words: Search, desk: AtDesk, actor: Caller, tools: Kit) -> Page[PersonShown]:
    """The same by name, pinyin or number (查询). Changes nothing and needs no key."""
    papers = words.document and words.document.document()
    digest = digest_of(papers, tools.vault.match_key) if papers else None
    async with desk.reading() as conn:
        query, values = await _query(conn, actor, words, digest)
        rows = await (await conn.execute(query.encode(), values)).fetchall()
    items = [_shown(row) for row in rows[: words.limit]]
    end = paging.encode([str(items[-1].person_id)]) if len(rows) > words.limit else None
    return Page(items=items, next=end)


async def _query(
    conn: AsyncConnection, actor: Actor, words: Search, digest: str | None
) -> tuple[str, list[Any]]:
    """Scope first, then what is asked for, then after whom."""
    allowed, values = people_of(actor).sql()
    wanted = ["true"]
    for condition, value in (
        ("p.unit_id = %s", words.unit_id),
        ("p.department_id = %s", words.department_id),
        ("p.membership = %s", words.membership),
        ("p.person_id = (SELECT person_id FROM vault WHERE digest = %s)", digest),
    ):
        if value is not None:
            wanted.append(condition)
            values.append(value)
    if words.no_department:
        wanted.append("p.department_id IS NULL")
    if words.name:
        wanted.append(
            "(strpos(s.name, %s) > 0 OR starts_with(s.pinyin, %s) OR starts_with(s.initials, %s))"
        )
        plain = words.name.replace(" ", "").lower()
        values += [words.name, plain, plain]
    if words.cursor:
        wanted.append("(s.pinyin, s.person_id) > (%s, %s)")
        values += await _after(conn, words.cursor)
    query = _SHOWN.format(allowed=f"({allowed})", wanted=" AND ".join(wanted))
    values.append(words.limit + 1)
    return f"{query} ORDER BY s.pinyin, s.person_id LIMIT %s", values


async def _after(conn: AsyncConnection, cursor: str) -> list[Any]:
    """Where the last page ended. The cursor names a person, never a name."""
    try:
        last = UUID(paging.decode(cursor, tuple[str])[0])
    except ValueError:
        raise Refused(refusals.CURSOR_INVALID) from None
    rows = await conn.execute("SELECT pinyin, person_id FROM shown WHERE person_id = %s", (last,))
    row = await rows.fetchone()
    if row is None:  # erased meanwhile
        raise Refused(refusals.CURSOR_INVALID)
    return list(row)


@router.get("/people/{person_id}", response_model=PersonDetails)
async def person(person_id: UUID, desk: AtDesk, actor: Caller, tools: Kit) -> JSONResponse:
    """One person of the caller's scope, with ETag."""
    async with desk.reading() as conn:
        shown = await person_in_scope(conn, actor, person_id)
        kept = await personal.details(conn, tools.vault, person_id)
    if kept is None:
        raise Refused(NOT_YOURS)
    found = PersonDetails(
        **shown.model_dump(), kind=kept.kind.value, mobile=kept.mobile, email=kept.email
    )
    return JSONResponse(found.model_dump(mode="json"), 200, {"ETag": f'"{shown.version}"'})


@router.patch("/people/{person_id}", response_model=Answer)
async def change(person_id: UUID, words: Change, click: Clicked, tools: Kit) -> JSONResponse:
    """Change somebody's mobile or e-mail (修改), by an admin in scope."""
    return await change_details(click, tools, person_id, words)


@router.put("/people/{person_id}/identity", response_model=Answer)
async def correct(person_id: UUID, words: Correction, click: Clicked, tools: Kit) -> JSONResponse:
    """Correct name or number on proof (身份信息更正); certificates stay valid."""
    return await correct_identity(click, tools, person_id, words)


@router.delete("/people/{person_id}", response_model=Answer)
async def erase(person_id: UUID, click: Clicked) -> JSONResponse:
    """Forget who a person was (个人信息删除), by the province bureau."""
    return await click.answer(ErasePerson(envelope=click.envelope, person_id=person_id))


@router.post("/people/{person_id}/activation-code", status_code=201)
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


@router.get("/people/{person_id}/activation-code")
async def code(person_id: UUID, desk: AtDesk, actor: Caller, tools: Kit) -> Handed:
    """The code that waits to be used (激活码), for the unit to hand over."""
    if actor.role not in authority.MANAGERS:
        raise Refused(NOT_YOUR_TASK)
    async with desk.reading() as conn:
        await person_in_scope(conn, actor, person_id)
        waiting = await accounts.pending(conn, person_id, Way.HANDED)
    if waiting is None:
        raise Refused(CODE_WRONG)
    return Handed(code=tools.codes.of(waiting, Way.HANDED))


async def person_in_scope(conn: AsyncConnection, actor: Actor, person_id: UUID) -> PersonShown:
    """The person. Refused: NOT_YOURS."""
    allowed, values = people_of(actor).sql()
    query = _SHOWN.format(allowed=f"({allowed})", wanted="p.person_id = %s")
    row = await (await conn.execute(query.encode(), [*values, person_id])).fetchone()
    if row is None:
        raise Refused(NOT_YOURS)
    return _shown(row)


def _shown(row: tuple[Any, ...]) -> PersonShown:
    return PersonShown(**dict(zip(PersonShown.model_fields, row, strict=True)))
