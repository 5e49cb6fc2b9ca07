"""The words of requests about courses and exams."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import Field, StringConstraints

from libs.events.text import Text
from libs.events.values import Hours
from libs.runtime.web.click import desk_of
from libs.runtime.web.forms import Form
from services.exams.commands import Letter

COURSE = "/people/{person_id}/{year}/courses/{course_id}"
ATTEMPT = COURSE + "/attempts/{attempt_id}"

Long = Annotated[Text, StringConstraints(max_length=2000)]


async def _text_key(request: Request) -> bytes:
    key: bytes = desk_of(request).part("text_key")
    return key


TextKey = Annotated[bytes, Depends(_text_key)]


Marked = Annotated[
    dict[UUID, Annotated[tuple[Letter, ...], Field(max_length=8)]], Field(max_length=200)
]


class SheetForm(Form):
    """答题卡: everything marked so far; what is saved is the whole sheet."""

    answers: Marked = Field(description="答案: letters by question")


class SubmitForm(Form):
    """交卷."""

    answers: Marked | None = Field(None, description="答案; none: what was saved")


class AnnulForm(Form):
    """考试成绩作废."""

    reason: Long = Field(description="原因, kept privately")


class CallForm(Form):
    """受理补学补考申请."""

    note: Long = Field("", description="来电记录, kept privately")


class OpenForm(Form):
    """开通补学补考."""

    hours: Hours | None = Field(
        None,
        description="学时, of the course's kind in that year, where no published notice says it",
        examples=["15.00"],
    )
