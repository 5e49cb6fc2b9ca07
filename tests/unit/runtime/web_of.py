"""A small app with the machinery's limits and problems, asked in process."""

from collections.abc import Awaitable, Callable

import httpx
from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel

from libs.decider import Kind, Refused, Rule, Source
from libs.events.values import Hours
from libs.runtime.web import limits, problems

RULES = {
    kind.value: Rule(
        f"rule-{kind.value}", "不得如此", Source("测试文件", "第一条"), "请更正", kind, "hours"
    ).because("超出 3")
    for kind in Kind
}


class Words(BaseModel):
    """What is sent."""

    hours: Hours
    name: str


def app() -> FastAPI:
    """The app."""
    made = FastAPI()
    made.add_middleware(limits.Limits)
    problems.install(made)

    @made.post("/words")
    async def words(said: Words) -> dict[str, str]:
        return {"name": said.name}

    @made.post("/raw")
    async def raw(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @made.post("/waiting")
    async def waiting() -> None:
        raise TimeoutError("450103199001011234 did not come")

    @made.get("/refused/{kind}")
    async def refused(kind: str) -> None:
        raise Refused(RULES[kind])

    part = APIRouter(prefix="/broken")

    @part.get("/{number}")
    async def broken(number: str) -> None:
        raise ValueError(f"{number} was what somebody wrote")

    made.include_router(part)
    return made


async def asked(ask: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> httpx.Response:
    """The answer of a fresh app."""
    transport = httpx.ASGITransport(app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await ask(client)
