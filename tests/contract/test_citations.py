"""A refusal cites an article that is there: a document's, or one of our own conventions'."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from libs.decider import Rule, Source, conventions
from libs.policy import figures
from libs.policy.drafts import draft, names

ROOT = Path(__file__).parents[2]
DOCUMENTS = tomllib.loads(Path(__file__).with_name("articles.toml").read_text("utf-8"))
PAGE = (ROOT / "docs/conventions.md").read_text("utf-8")
HEADINGS = re.findall(r"^## (第.+?条 .+)$", PAGE, re.MULTILINE)
DIGITS = "零一二三四五六七八九"


def modules() -> Iterator[ModuleType]:
    """Every module in which a refusal is written."""
    for folder in ("libs", "services"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            if "Rule(" in text or "Source(" in text:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield import_module(name.removesuffix(".__init__"))


def cited() -> Iterator[tuple[str, Source]]:
    """Every source of the product and where it stands: of rules, of names, of packs."""
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, Rule):
                yield f"{module.__name__}.{name}", value.source
            if isinstance(value, Source):
                yield f"{module.__name__}.{name}", value
    for pack in map(draft, names()):
        for path, figure in figures(pack):
            yield f"{pack.id}: {path}", figure.source


CITED = dict(cited())


def exists(source: Source) -> bool:
    """Whether the article stands in the document: its number, then perhaps words of it."""
    if source.document == conventions.DOCUMENT:
        return source.article in HEADINGS
    document: dict[str, Any] = DOCUMENTS.get(source.document, {})
    numbers = document.get("articles", [])
    return all(
        part in numbers
        or any(re.match(rf"{re.escape(n)} [^0-9（]", part) for n in numbers)
        or part in document.get("words", [])
        for part in re.split("、(?=[一二三四五附第])", source.article)
    )


def test_what_is_cited_exists() -> None:
    assert len(CITED) > 250
    assert {place: str(source) for place, source in CITED.items() if not exists(source)} == {}


def test_every_convention_is_cited_and_every_name_of_one_is_on_the_page() -> None:
    named = {s.article for p, s in CITED.items() if not p.startswith("libs.decider.conventions")}
    assert set(HEADINGS) <= named
    in_python = {s.article for s in vars(conventions).values() if isinstance(s, Source)}
    assert in_python <= set(HEADINGS)


def test_the_page_is_numbered_without_gaps() -> None:
    numbers = [heading.partition(" ")[0] for heading in HEADINGS]
    assert numbers == [f"第{chinese(n)}条" for n in range(1, len(numbers) + 1)]


def test_the_decisions_that_the_page_names_are_there() -> None:
    pages = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    named = {n for line in re.findall(r"decisions/([0-9、]+)", PAGE) for n in line.split("、")}
    named.discard("")
    assert named
    assert named <= pages


def chinese(number: int) -> str:
    """A number up to ninety-nine as articles are numbered: 二十一."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" * (tens > 0) + (DIGITS[ones] if ones else "")


@pytest.mark.parametrize(
    "source",
    [
        Source("平台接口约定", "登录与权限"),
        Source("平台约定", "0110"),
        Source("年度学习通知", "附件2 二（四）1"),
        Source("2024年度学习通知", "二（五）"),
        Source("2024年度学习通知", "二（三）9"),
        Source("桂人社函〔2021〕149号", "一（三）6"),
    ],
)
def test_what_does_not_exist_would_be_seen(source: Source) -> None:
    assert not exists(source)
