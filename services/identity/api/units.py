"""单位: registering and renaming, the list, and the code of the unit's own account."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.envelope import Actor
from libs.events.identity import Affiliation, UnitKind, Way
from libs.events.text import Text
from libs.runtime.reading import containing
from libs.runtime.web import paging
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from libs.runtime.web.desk import Desk
from libs.runtime.web.forms import Form
from libs.runtime.web.paging import MOST_A_PAGE, Page
from services.identity import typed
from services.identity.api.door import Kit
from services.identity.commands import Holder, IssueCode, RegisterUnit, RenameUnit
from services.identity.rules import authority
from services.identity.rules.unit import CODE_INVALID, UNIT_NOT_IN_SCOPE
from services.identity.scope import SEE_UNITS, units_of
from services.identity.unit_code import is_unit_code

router = APIRouter(tags=["units (单位)"])

UnitName = Annotated[Text, Field(min_length=2, max_length=100, description="单位名称")]
Place = Annotated[Text, Field(min_length=1, max_length=40)]
UNIT_CODE_LASTS = timedelta(days=30)


class NewUnit(Form):
    """A unit as its bureau enters it (单位注册)."""

    code: Annotated[Text, Field(max_length=30)] = Field(
        description="统一社会信用代码", examples=["12450000498500301T"]
    )
    name: UnitName
    kind: UnitKind = Field(UnitKind.EMPLOYER, description="单位类型")
    affiliation: Affiliation = Field(description="隶属关系: 中央驻桂, 区直, 市直, 县属")
    parent_id: UUID | None = Field(None, description="上级单位")
    bureau_id: UUID | None = Field(None, description="主管人社部门; none: the one that registers")
    city: Place = Field(description="所在市", examples=["南宁市"])
    county: Place = Field(description="所在县（区）", examples=["青秀区"])
    industry: Annotated[Text, Field(max_length=40)] | None = Field(None, description="行业")
    jurisdiction: Annotated[Text, Field(max_length=20)] = Field("CN-GX", description="政策辖区")


class Rename(Form):
    """The unit's new name (单位更名)."""

    name: UnitName


class Letter(Form):
    """Why a unit account gets another code."""

    letter: Annotated[Text, Field(max_length=200)] | None = Field(
        None, description="盖章公函的文号和日期; wanted when the account is in use"
    )


class UnitShown(BaseModel):
    """A unit."""

    unit_id: UUID
    code: str = Field(description="统一社会信用代码")
    name: str = Field(description="单位名称")
    kind: UnitKind = Field(description="单位类型")
    affiliation: Affiliation
    parent_id: UUID | None
    bureau_id: UUID
    city: str
    county: str
    industry: str | None
    jurisdiction: str = Field(description="政策辖区")
    version: int


class Handed(BaseModel):
    """A one-time code to be handed over (激活码)."""

    code: str = Field(description="激活码")


_COLUMNS = ", ".join(UnitShown.model_fields)


@router.post(
    "/units",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(authority.REGISTERS),
)
async def register_unit(words: NewUnit, click: Clicked) -> JSONResponse:
    """Register a unit (单位注册), by the bureau that supervises it or by the province bureau."""
    code = words.code.upper().replace(" ", "")
    if not is_unit_code(code):
        raise Refused(CODE_INVALID)
    unit_id: UUID = uuid7()
    own = unit_id if words.kind is UnitKind.PROVINCE_BUREAU else click.envelope.actor.unit_id
    command = RegisterUnit(
        envelope=click.envelope,
        unit_id=unit_id,
        bureau_id=words.bureau_id or own or unit_id,
        code=code,
        name=typed.public_name(words.name),
        **words.model_dump(exclude={"bureau_id", "code", "name"}),
    )
    return await click.answer(command, 201)


@router.get("/units", openapi_extra=by(SEE_UNITS))
async def units(
    desk: AtDesk,
    actor: Caller,
    name: Annotated[str | None, Query(max_length=100, description="单位名称的一部分")] = None,
    kind: Annotated[UnitKind | None, Query(description="单位类型")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_A_PAGE)] = 50,
) -> Page[UnitShown]:
    """The units of the caller's scope (单位查询), by pinyin."""
    allowed, values = units_of(actor).sql()
    query = f"SELECT {_COLUMNS}, pinyin FROM units WHERE ({allowed})"
    if name:
        query += " AND name LIKE %s"
        values.append(containing(name))
    if kind:
        query += " AND kind = %s"
        values.append(kind.value)
    if cursor:
        after, unit_id = paging.decode(cursor, tuple[str, UUID])
        query += " AND (pinyin, unit_id) > (%s, %s)"
        values += [after, unit_id]
    query += " ORDER BY pinyin, unit_id LIMIT %s"
    async with desk.reading() as conn:
        rows = await (await conn.execute(query.encode(), [*values, limit + 1])).fetchall()
    return paging.page(rows, limit, lambda row: _shown(row[:-1]), lambda row: [row[-1], row[0]])


@router.get("/units/{unit_id}", response_model=UnitShown, openapi_extra=by(SEE_UNITS))
async def unit(unit_id: UUID, desk: AtDesk, actor: Caller) -> JSONResponse:
    """One unit of the caller's scope (单位信息), with its ETag."""
    found = await unit_in_scope(desk, actor, unit_id)
    return JSONResponse(found.model_dump(mode="json"), 200, {"ETag": f'"{found.version}"'})


@router.put("/units/{unit_id}/name", response_model=Answer, openapi_extra=by(authority.BUREAUS))
async def rename(unit_id: UUID, words: Rename, click: Clicked) -> JSONResponse:
    """Rename a unit (单位更名); history keeps the old name."""
    name = typed.public_name(words.name)
    command = RenameUnit(envelope=click.envelope, unit_id=unit_id, name=name)
    return await click.answer(command)


@router.post(
    "/units/{unit_id}/activation-code",
    status_code=201,
    openapi_extra=by(authority.GIVES_CODE_TO_UNITS),
)
async def unit_code(unit_id: UUID, words: Letter, click: Clicked, tools: Kit) -> Handed:
    """Make a code for the unit account (发放单位账号激活码); again only on a stamped letter."""
    command = IssueCode(
        envelope=click.envelope,
        holder=Holder.UNIT,
        account_id=unit_id,
        activation_id=uuid7(),
        way=Way.HANDED,
        until=click.envelope.at + UNIT_CODE_LASTS,
        pause=timedelta(),
        letter=words.letter,
    )
    accepted = await click.submit(command)
    return Handed(code=tools.codes.of(UUID(accepted.said["id"]), Way.HANDED))


async def unit_in_scope(desk: Desk, actor: Actor, unit_id: UUID) -> UnitShown:
    """The unit. Refused: UNIT_NOT_IN_SCOPE."""
    allowed, values = units_of(actor).sql()
    query = f"SELECT {_COLUMNS} FROM units WHERE unit_id = %s AND ({allowed})"
    async with desk.reading() as conn:
        row = await (await conn.execute(query.encode(), [unit_id, *values])).fetchone()
    if row is None:
        raise Refused(UNIT_NOT_IN_SCOPE)
    return _shown(row)


def _shown(row: tuple[Any, ...]) -> UnitShown:
    return UnitShown(**dict(zip(UnitShown.model_fields, row, strict=True)))
