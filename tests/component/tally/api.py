"""The HTTP API of the tests' small context."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from libs.events.text import Text
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked, ItemAnswer
from libs.runtime.web.limits import Several
from tests.component import tally

router = APIRouter()


class Amount(BaseModel):
    """An amount to add."""

    amount: int
    note: Text = ""


@router.post("/accounts/{account_id}/amounts", status_code=201, response_model=Answer)
async def add(account_id: UUID, words: Amount, click: Clicked) -> JSONResponse:
    """Add an amount."""
    command = tally.Add(
        envelope=click.envelope, account_id=account_id, amount=words.amount, note=words.note
    )
    return await click.answer(command, 201)


class Amounts(BaseModel):
    """Amounts to add."""

    amounts: Several[int]


@router.post("/accounts/{account_id}/several-amounts")
async def add_several(account_id: UUID, words: Amounts, click: Clicked) -> list[ItemAnswer]:
    """Add each, one answer each."""
    return await click.answer_each(
        [
            tally.Add(envelope=click.item(n), account_id=account_id, amount=amount)
            for n, amount in enumerate(words.amounts)
        ]
    )


@router.get("/accounts/{account_id}")
async def account(account_id: UUID, desk: AtDesk, _caller: Caller) -> dict[str, int]:
    """What has been added."""
    async with desk.reading() as conn:
        rows = await conn.execute(
            "SELECT total, count FROM accounts WHERE account_id = %s", (account_id,)
        )
        total, count = await rows.fetchone() or (0, 0)
    return {"total": total, "count": count}
