"""What is wrong with a field is said in Chinese, with its limit and without its value."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal, get_args
from uuid import UUID

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    ValidationError,
)
from pydantic_core.core_schema import ErrorType

from libs.events.envelope import Role
from libs.events.text import Text
from libs.events.values import HalfDay, Hours
from libs.events.wording import sentence


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mode: Literal["online", "offline", "both"] = "online"
    role: Role = Role.LEARNER
    name: Annotated[str, Field(min_length=2, max_length=5)] = "姓名"
    title: Annotated[Text, StringConstraints(min_length=1, max_length=5)] = "题目"
    mobile: Annotated[str, StringConstraints(pattern=r"^(\+?86)?1[3-9][0-9]{9}$|^$")] = ""
    many: Annotated[list[int], Field(max_length=2)] = []
    days: Annotated[int, Field(gt=0, le=366)] = 1
    day: date = date(2024, 12, 20)
    at: datetime = datetime(2024, 12, 20, tzinfo=UTC)
    id: UUID = UUID(int=0)
    link: HttpUrl | None = None
    code: Annotated[str, Field(pattern="^[0-9]{6}$")] = "530004"
    hours: Hours = Hours(400)
    half: HalfDay | None = None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("mode", "bonus", "不在可选的取值之内，应为：online、offline、both"),
        ("name", "名", "不得少于 2 个字符"),
        ("name", "名" * 6, "不得超过 5 个字符"),
        ("name", 7, "应为文字"),
        ("title", "", "不得少于 1 个字符"),
        ("title", "题" * 6, "不得超过 5 个字符"),
        ("mobile", "1380000000", "应为 11 位手机号码"),
        ("many", [1, 2, 3], "不得超过 2 项"),
        ("days", 0, "应大于 0"),
        ("days", 400, "应不大于 366"),
        ("days", "many", "应为整数"),
        ("day", "9 December", "应为日期，如 2024-12-20"),
        ("day", "2024-02-30", "没有这一天"),
        ("half", "2024-02-30/am", "没有这一天"),
        ("at", "then", "应为时间，如 2024-12-20T09:00:00+08:00"),
        ("id", "somebody", "应为编号（UUID）"),
        ("link", "nowhere", "应为网址"),
        ("code", "53000A", "格式不符合要求，如 530004"),
        ("surprise", 1, "接口说明中没有此字段"),
    ],
)
def test_a_field_is_told_what_it_should_be(field: str, value: object, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate({field: value})
    assert sentence(refused.value.errors()[0]) == said
    assert sentence(refused.value.errors(include_input=False)[0]) == said


def test_a_choice_of_many_is_joined_in_chinese() -> None:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate({"role": "clerk"})
    expected = "、".join(role.value for role in Role)
    assert sentence(refused.value.errors()[0]) == f"不在可选的取值之内，应为：{expected}"


@pytest.mark.parametrize(("field", "value"), [("hours", "four"), ("half", "Friday")])
def test_hours_and_half_days_show_how_they_are_written(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate({field: value})
    assert "，如 " in sentence(refused.value.errors()[0])


def test_no_word_of_pydantic_s_own_is_ever_shown() -> None:
    for type_ in get_args(ErrorType):
        said = sentence({"type": type_, "ctx": {}})
        assert type_ not in said
        assert "{" not in said
        assert re.search("[一-鿿]", said)
