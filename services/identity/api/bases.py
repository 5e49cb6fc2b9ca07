"""继续教育基地: the titles that units hold, as annex 3 of the notice lists them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from libs.events.identity import BaseLevel
from libs.events.text import Text
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Clicked
from libs.runtime.web.forms import Form
from services.identity import typed
from services.identity.commands import DesignateBase, EndBaseDesignation
from services.identity.rules import authority

router = APIRouter(tags=["bases (继续教育基地)"])


class Title(Form):
    """A title of a unit (基地认定)."""

    level: BaseLevel = Field(description="级别: 国家级 or 自治区级")
    batch: Annotated[Text, Field(max_length=20)] | None = Field(None, examples=["第六批"])
    former_name: Annotated[Text, Field(max_length=100)] | None = Field(None, description="原名")
    phone: Annotated[Text, Field(max_length=20)] | None = Field(None, description="联系电话")


class BaseShown(BaseModel):
    """A base, as the public list has it."""

    unit_id: UUID
    name: str = Field(description="单位名称")
    level: BaseLevel
    batch: str | None
    former_name: str | None
    phone: str | None
    double: bool = Field(description="双基地: both national and regional")


@router.post(
    "/units/{unit_id}/bases",
    status_code=201,
    response_model=Answer,
    openapi_extra=by(authority.PROVINCE),
)
async def designate(unit_id: UUID, words: Title, click: Clicked) -> JSONResponse:
    """Give a unit the title of a base (继续教育基地认定), by the province bureau."""
    former = words.former_name and typed.public_name(words.former_name)
    command = DesignateBase(
        envelope=click.envelope,
        unit_id=unit_id,
        **words.model_dump(exclude={"former_name"}),
        former_name=former,
    )
    return await click.answer(command, 201)


@router.delete(
    "/units/{unit_id}/bases/{level}",
    response_model=Answer,
    openapi_extra=by(authority.PROVINCE),
)
async def end_designation(unit_id: UUID, level: BaseLevel, click: Clicked) -> JSONResponse:
    """End a unit's title of this level (取消继续教育基地)."""
    command = EndBaseDesignation(envelope=click.envelope, unit_id=unit_id, level=level)
    return await click.answer(command)


@router.get("/bases", openapi_extra={"x-open": True})
async def bases(desk: AtDesk) -> list[BaseShown]:
    """The list of bases (继续教育基地名单), for everybody."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT unit_id, u.name, b.level, b.batch, b.former_name, p.phone, "
            "count(*) OVER (PARTITION BY unit_id) > 1 FROM bases b JOIN units u USING (unit_id) "
            "LEFT JOIN base_phones p USING (unit_id) ORDER BY b.level, unit_id"
        )
        return [
            BaseShown(**dict(zip(BaseShown.model_fields, row, strict=True)))
            for row in await rows.fetchall()
        ]
