"""Whatever a request may hold many of, the description of each API says how many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.runtime.__main__ import composed
from libs.runtime.serving import app_of
from libs.runtime.settings import Settings
from libs.runtime.web.limits import MOST_AT_ONCE
from tests.component.signing import write_keys

SERVICES = ("identity", "policy", "filing", "hours", "exams", "certificates")
BATCHES = {
    ("identity", "/people/confirmations", "people"),
    ("identity", "/people/departments", "people"),
    ("hours", "/submissions", "claims"),
    ("hours", "/audits", "claims"),
}

Schema = dict[str, Any]


@pytest.fixture
def described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> tuple[str, Schema]:
    """A service's name and the description of its API."""
    monkeypatch.setenv("JIXU_IDENTITY_VAULT_KEYS", "00" * 32)
    settings = Settings(
        aside_key="00" * 32, match_key="00" * 32, token_keys=write_keys(tmp_path), files=tmp_path
    )
    return request.param, app_of(composed(request.param)(settings), settings).openapi()


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


@pytest.mark.parametrize("described", SERVICES, indirect=True)
def test_every_list_in_a_body_has_a_bound(described: tuple[str, Schema]) -> None:
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
