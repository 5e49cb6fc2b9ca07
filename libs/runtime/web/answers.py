"""What an operation answers, in its description: what it is, and what it looks like."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from libs.decider import Rule
from libs.runtime import refusals
from libs.runtime.web.examples import Examples
from libs.runtime.web.problems import PROBLEM, STATUS, problem

_TERM = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")

REFUSALS: Sequence[Rule] = (
    refusals.KEY_MISSING,
    refusals.TOKEN_MISSING,
    refusals.ROLE_NOT_ALLOWED,
    refusals.NOT_FOUND,
    refusals.STALE,
    refusals.BODY_TOO_LARGE,
    refusals.BODY_INVALID.on("year").because("年度（year）：应为整数"),
    refusals.BEHIND,
)
"""Of each status one that every service may give; a service has its own of what stands against."""


def describe(described: dict[str, Any], own: Sequence[Rule] = ()) -> None:
    """Every answer of every operation, once its summary says its term."""
    schemas = described.get("components", {}).get("schemas", {})
    examples = Examples(schemas)
    examples.fill()
    for path in described["paths"].values():
        for method, operation in path.items():
            shown = _problems(own, reads=method in ("get", "head"))
            for status, answer in operation["responses"].items():
                if found := answer.get("content", {}).get(PROBLEM):
                    if status in shown:
                        found["example"] = shown[status]
                elif status < "4":
                    answer["description"] = _said(answer, operation, schemas)
                    _exemplify(answer, examples)


def _problems(own: Sequence[Rule], *, reads: bool) -> Mapping[str, dict[str, Any]]:
    """A problem by status: who reads sends no key, and can break nothing but the page's place."""
    first = (refusals.CURSOR_INVALID,) if reads else ()
    rules = (*REFUSALS, *first, *own)
    return {str(STATUS[rule.kind]): problem(rule) for rule in rules}


def _exemplify(answer: dict[str, Any], examples: Examples) -> None:
    content = answer.get("content", {}).get("application/json")
    if content and (found := next(examples.of(content["schema"]), None)) is not None:
        content["example"] = found


def _said(answer: Mapping[str, Any], operation: Mapping[str, Any], schemas: Any) -> str:
    """In English, with the official term of the operation."""
    term = _term(operation["summary"])
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return f"The file ({term})"
    if "items" in schema:
        return f"All of them ({term}). Each: {_of(schema['items'], schemas)}"
    name = schema.get("$ref", "").rpartition("/")[2]
    if name.startswith("Page_"):
        each = schemas[name]["properties"]["items"]["items"]
        return f"A page of them ({term}). Each: {_of(each, schemas)}"
    return f"{_of(schema, schemas)} ({term})" if name else f"What was asked for ({term})"


def _of(schema: Mapping[str, Any], schemas: Any) -> str:
    """The first sentence about a component."""
    said: str = schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get("description", "")
    return _TERM.sub("", said.partition("\n")[0].partition(". ")[0].rstrip(".")).strip()


def _term(summary: str) -> str:
    if found := _TERM.search(summary):
        return found[1]
    return "".join(_CHINESE.findall(summary)[:1])
