"""A request that is not as the description says: what is wrong, and with which field.

A field is called as the operation's own description calls it, with its name in the API beside
it: 培训班名称（class_name）. Its value is never repeated.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from fastapi import Request

from libs.decider import Rule
from libs.events.wording import sentence
from libs.runtime.refusals import BODY_INVALID
from libs.runtime.web.terms import term_of

Schema = Mapping[str, Any]

_BODY = "请求正文"
_NO_OBJECT = {"model_type", "model_attributes_type", "dict_type"}


def refusal(request: Request, error: Mapping[str, Any]) -> Rule:
    """One error of pydantic's as BODY_INVALID, at its field; at none where it is the whole body."""
    where, *path = error["loc"]
    if error["type"] == "json_invalid" and path and isinstance(path[0], int):
        return BODY_INVALID.because(f"{_BODY}不是有效的 JSON（第 {path[0] + 1} 个字符处）")
    if not path:
        what = "应为 JSON 对象" if error["type"] in _NO_OBJECT else sentence(error)
        return BODY_INVALID.because(f"{_BODY}{what}")
    field = ".".join(map(str, path))
    called = "".join(_called(path, _asked(request, where), _schemas(request)))
    known = f"{called}（{field}）" if called != field else field
    return BODY_INVALID.on(field).because(f"{known}：{sentence(error)}")


def _schemas(request: Request) -> Schema:
    found: Schema = request.app.openapi().get("components", {}).get("schemas", {})
    return found


def _asked(request: Request, where: str) -> Schema:
    """What the operation asks for in its body, or in its address, as one schema."""
    route = request.scope.get("route")
    paths = request.app.openapi()["paths"]
    operation = paths.get(getattr(route, "path_format", ""), {}).get(request.method.lower(), {})
    if where == "body":
        bodies = operation.get("requestBody", {}).get("content", {}).values()
        return next((body.get("schema", {}) for body in bodies), {})
    return {"properties": {one["name"]: one for one in operation.get("parameters", ())}}


def _called(path: Sequence[str | int], schema: Schema, schemas: Schema) -> Iterator[str]:
    """Each step of the path in words: 授课老师情况, 第 1 项, 的姓名."""
    for depth, part in enumerate(path):
        ways = list(_ways(schema, schemas))
        if isinstance(part, int):
            yield f"第 {part + 1} 项"
            schema = next((way["items"] for way in ways if "items" in way), {})
        else:
            found = (way["properties"][part] for way in ways if part in way.get("properties", {}))
            schema = next(found, {})
            yield ("的" if depth else "") + (term_of(schema.get("description", "")) or part)


def _ways(schema: Schema, schemas: Schema) -> Iterator[Schema]:
    """What a value of this schema may be, or what a text of it holds."""
    if "contentSchema" in schema:
        yield from _ways(schema["contentSchema"], schemas)
    if "$ref" in schema:
        yield from _ways(schemas.get(schema["$ref"].rpartition("/")[2], {}), schemas)
    for way in chain.from_iterable(schema.get(word, ()) for word in ("anyOf", "oneOf", "allOf")):
        yield from _ways(way, schemas)
    yield schema
