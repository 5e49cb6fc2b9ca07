"""A figure of the law: its value, the document and article that state it, and how sure we are."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints

from libs.decider import Source
from libs.events.values import Hours

T = TypeVar("T")

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
"""A name of the pack's own making, such as `self_study.own`; people read the label beside it."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Words of a document, as printed there."""


class Status(StrEnum):
    """How sure a figure is."""

    VERIFIED = "verified"  # read in the document that it names
    READING = "reading"  # read there, and understood as a page of docs/decisions says; acts
    UNVERIFIED = "unverified"  # quoted by others, or the document was not seen: a person decides
    ILLUSTRATIVE = "illustrative"  # no document gives it and the work needs it; acts until replaced


def _citation(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    document, _, article = written.strip().partition(" ")
    if not document or not article.strip():
        raise ValueError("依据须写作：文件名称、空格、条款")
    return Source(document, article.strip())


Citation = Annotated[Source, BeforeValidator(_citation), PlainSerializer(str, return_type=str)]
"""Written `桂人社函〔2021〕149号 一（三）1`: a document of the pack, then the article."""


_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?", re.ASCII)


def _quantity(written: Any) -> Any:
    if isinstance(written, bool) or not isinstance(written, int | str):
        return written
    if not _NUMBER.fullmatch(str(written)):
        raise ValueError("学时应为不小于 0 的数，如 4 或 0.5")
    if not (hours := Hours.of(Decimal(written))).hundredths:
        raise ValueError("学时应大于 0")
    return str(hours)


Quantity = Annotated[Hours, BeforeValidator(_quantity)]
"""Hours (学时), written as a number in a notice and with two decimals on the wire."""


class Strict(BaseModel):
    """A part of a pack: frozen, and a word that it doesn't know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Strict):
    """What stands in a document: where, how sure, and what a reader should know beside it."""

    source: Citation
    status: Status
    note: str = ""
    decided: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")] = ""
    """The page of docs/decisions that says how we read it; of a reading, and of nothing else."""


class Figure(Sourced, Generic[T]):
    """One value of the law: `pack.exam.pass_mark.value`, `pack.exam.pass_mark.source`."""

    value: T


def figures(part: object, path: str = "") -> Iterator[tuple[str, Sourced]]:
    """Everything sourced inside a part of a pack, with the path to it."""
    if isinstance(part, Sourced):
        yield path, part
    if isinstance(part, Strict):
        for name in type(part).model_fields:
            yield from figures(getattr(part, name), f"{path}.{name}".strip(".").rstrip("_"))
    elif isinstance(part, dict):
        for word, inner in part.items():
            yield from figures(inner, f"{path}.{word}")
    elif isinstance(part, tuple):
        for number, inner in enumerate(part):
            yield from figures(inner, f"{path}[{_name(inner, number)}]")


def _name(part: object, number: int) -> str:
    for field in ("rule", "group", "kind", "word", "code"):
        if isinstance(name := getattr(part, field, None), str):
            return name
    return str(number)
