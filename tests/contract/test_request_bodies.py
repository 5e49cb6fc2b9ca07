"""Whatever a request may hold many of, the description of each API says how many."""

from collections.abc import Iterator
from typing import Any

from libs.runtime.web.limits import MOST_AT_ONCE
from tests.contract.conftest import Described

BATCHES = {
    ("identity", "/people/confirmations", "people"),
    ("identity", "/people/departments", "people"),
    ("hours", "/submissions", "claims"),
    ("hours", "/audits", "claims"),
}

Schema = dict[str, Any]


def lists(schema: Schema, named: Schema, path: str, seen: frozenset[str]) -> Iterator[Any]:
    """Each list that the schema allows, with its place in the body."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from lists(named[name], named, path, seen | {name})
    if schema.get("type") == "array":
        yield path, schema.get("maxItems")
        yield from lists(schema["items"], named, f"{path}[]", seen) if "items" in schema else ()
    for name, part in schema.get("properties", {}).items():
        yield from lists(part, named, f"{path}.{name}".lstrip("."), seen)
    for way in (way for word in ("anyOf", "allOf", "oneOf") for way in schema.get(word, ())):
        yield from lists(way, named, path, seen)


def test_every_list_in_a_body_has_a_bound(described: Described) -> None:
    service, api = described
    found = {
        (path, place): most
        for path, operations in api["paths"].items()
        for operation in operations.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for place, most in lists(content["schema"], api["components"]["schemas"], "", frozenset())
    }
    assert [place for place, most in found.items() if most is None] == []
    batches = {(path, place) for name, path, place in BATCHES if name == service}
    assert {found[batch] for batch in batches} <= {MOST_AT_ONCE}
