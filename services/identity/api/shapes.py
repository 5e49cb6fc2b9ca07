"""What requests of several operations have in common."""

from typing import Annotated

from pydantic import Field

from libs.events.documents import LONGEST_NAME, Document, DocumentKind
from libs.events.text import Text
from libs.runtime.web.forms import Form
from services.identity import typed

Password = Annotated[
    str, Field(min_length=1, max_length=128, description="密码", examples=["Xuexi-2024-banzhou"])
]
Code = Annotated[str, Field(min_length=1, max_length=40, description="激活码或验证码")]


class Papers(Form):
    """An identity document (身份证件)."""

    kind: DocumentKind = Field(DocumentKind.RESIDENT_ID, description="证件类型")
    number: Annotated[Text, Field(min_length=1, max_length=40)] = Field(
        description="证件号码: full-width digits and lower case are understood",
        examples=["450102199003071238"],
    )

    def document(self) -> Document:
        """The document. Refused: DOCUMENT_INVALID."""
        return typed.document_of(self.kind, self.number)


Name = Annotated[
    Text,
    Field(min_length=1, max_length=LONGEST_NAME, description="姓名", examples=["覃小明"]),
]
Mobile = Annotated[Text, Field(max_length=20, description="手机号码", examples=["13800000000"])]
Email = Annotated[Text, Field(max_length=100, description="邮箱")]
