"""The list of bases in annex 3 of the 2024 notice (附件3 继续教育基地名单), as data."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from libs.events.identity import BaseLevel

LIST = Path(__file__).with_name("bases.toml")


class ListedBase(BaseModel):
    """One line of the list: a title, not an account. A 双基地 has two lines, one a level."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: BaseLevel
    number: int  # 序号 within its level
    name: str
    former_name: str | None = None
    listed_as: str | None = None
    phone: str
    batch: str | None = None  # 第一批 … 第十批; the national list has none
    double: bool = False  # 双基地, as the national list marks it


def annex_3() -> tuple[ListedBase, ...]:
    """The 5 national and 39 regional bases, in the list's order."""
    found = tomllib.loads(LIST.read_text())["bases"]
    return TypeAdapter(tuple[ListedBase, ...]).validate_python(found)
