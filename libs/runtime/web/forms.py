"""What requests of every service have in common: a body that knows its words, a year."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Year = Annotated[int, Field(ge=1990, le=2200, description="年度", examples=[2024])]
"""In a path, a query or a body."""


class Form(BaseModel):
    """A request's body: a word that it doesn't know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
