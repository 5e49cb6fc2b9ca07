"""What is wrong with a pack, or what it doesn't say."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from pydantic import ValidationError

from libs.decider import Kind, Refused, Rule, conventions
from libs.events.wording import sentence


class PackRefused(ValueError):
    """This document is no pack: every reason, each with the place in it."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))

    @classmethod
    def by_shape(cls, error: ValidationError) -> Self:
        """Unknown words, missing figures, values of another kind."""
        return cls(
            f"{'.'.join(map(str, one['loc'])) or _WHOLE}：{_said(one)}"
            for one in error.errors(include_url=False)
        )


_WHOLE = "政策内容"


def _said(error: Mapping[str, Any]) -> str:
    """In a pack's own words, where a form would say it otherwise."""
    match error["type"]:
        case "extra_forbidden":
            return "政策中没有此项"
        case "value_error":  # a validator of the packs, in Chinese
            return str(error["ctx"]["error"])
        case _:
            return sentence(error)


SAYS_NOTHING = Rule(
    "policy-says-nothing",
    "该年度已发布的政策对此未作规定，不能据此办理",
    conventions.YEARS,
    "请核对年度与办理事项；如应当有规定，请联系自治区人力资源社会保障厅发布或更正该年度政策",
    Kind.UNKNOWN,
)


class Silent(Refused, LookupError):
    """The pack says nothing of this: a person decides, or another pack does.

    Where nobody looks for it, it is a refusal: what no document provides for can't be done.
    """

    def __init__(self, pack: str, about: str, title: str = "") -> None:
        said = f"{title or pack}未作规定：{_SECTIONS.get(about, about)}"
        super().__init__(SAYS_NOTHING.because(said))
        self.pack = pack
        self.about = about

    def __str__(self) -> str:
        return f"{self.pack} says nothing of {self.about}"


_SECTIONS = {
    "hours": "学时登记、审验",
    "public": "公需科目",
    "exam": "公需科目考试",
    "filing": "培训班备案",
}
