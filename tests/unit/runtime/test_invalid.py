"""A request that is not as described: the refusal calls each field by its official term."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field

from libs.runtime.web import problems


class Teacher(BaseModel):
    """One of them."""

    name: str = Field("", description="姓名", max_length=3)


class Form(BaseModel):
    """What is sent."""

    class_name: str = Field("", description="培训班名称", max_length=5)
    teachers: list[Teacher] = Field([], description="授课老师情况: each of them", max_length=2)
    evidence: list[int] = Field([], description="佐证材料", max_length=2)
    until: int | None = Field(None, description="The last day (截止日期)")
    plain: int = 0


def _app() -> FastAPI:
    made = FastAPI()
    problems.install(made)

    @made.post("/filings")
    async def file(form: Form) -> None:
        del form

    return made


async def asked(**sent: Any) -> Any:
    transport = httpx.ASGITransport(_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/filings", **sent)
    assert answer.json()["rule"] == "body-invalid"
    return answer.json()


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        (
            {"class_name": "超过五个字了"},
            "class_name",
            "培训班名称（class_name）：不得超过 5 个字符",
        ),
        ({"teachers": [{}] * 3}, "teachers", "授课老师情况（teachers）：不得超过 2 项"),
        ({"evidence": [1, "x"]}, "evidence.1", "佐证材料第 2 项（evidence.1）：应为整数"),
        (
            {"teachers": [{"name": "李老师们"}]},
            "teachers.0.name",
            "授课老师情况第 1 项的姓名（teachers.0.name）：不得超过 3 个字符",
        ),
        ({"until": "x"}, "until", "截止日期（until）：应为整数"),
        ({"plain": "x"}, "plain", "plain：应为整数"),
    ],
)
async def test_a_field_is_called_by_its_official_term(form: object, field: str, said: str) -> None:
    told = await asked(json=form)
    assert (told["field"], told["detail"].partition("；")[0]) == (field, said)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"content": b'{"a": nothing}', "headers": {"content-type": "application/json"}},
            "请求正文不是有效的 JSON（第 7 个字符处）",
        ),
        ({"data": {"class_name": "班"}}, "请求正文应为 JSON 对象"),
        ({"json": ["class_name"]}, "请求正文应为 JSON 对象"),
        ({}, "请求正文未填写"),
    ],
)
async def test_a_body_that_is_no_object_has_no_field(sent: dict[str, Any], said: str) -> None:
    told = await asked(**sent)
    assert (told["field"], told["detail"].partition("；")[0]) == (None, said)
