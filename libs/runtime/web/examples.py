"""示例: every field and every answer of an API shows what it looks like, made of its fields."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from libs.runtime.web.samples import SAMPLES
from libs.runtime.web.terms import term_of

Schema = Mapping[str, Any]

_KINDS = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "array": list,
    "object": dict,
}
_FORMATS = {"date": "2024-12-20", "date-time": "2024-12-20T09:00:41+08:00"}


class Examples:
    """Examples of what the components of one description are."""

    def __init__(self, schemas: Mapping[str, dict[str, Any]]) -> None:
        self._schemas = schemas

    def fill(self) -> None:
        """Give every field one that has none."""
        for owner, schema in self._schemas.items():
            for name, field in schema.get("properties", {}).items():
                if (found := next(self._of_field(owner, name, field), None)) is not None:
                    field.setdefault("examples", [found])

    def of(self, schema: Schema, name: str = "") -> Iterator[Any]:
        """Examples of a value, the best first; none where nobody has told. `name`: its field's."""
        yield from schema.get("examples", ())
        if "$ref" in schema:
            yield from self._of_component(schema["$ref"].rpartition("/")[2], name)
        for way in schema.get("anyOf", ()):
            yield from self.of(way, name)
        yield from schema.get("enum", ())
        if "const" in schema:
            yield schema["const"]
        match schema.get("type"):
            case "array":
                yield from ([one] for one in self.of(schema.get("items", {}), name))
            case "object":
                yield from self._of_object(schema, name)
            case "boolean":
                yield True
            case "string" if schema.get("format") == "uuid":
                yield str(uuid5(NAMESPACE_URL, f"urn:jixu:example:{name}"))
            case "string" if found := _FORMATS.get(schema.get("format", "")):
                yield found

    def _of_field(self, owner: str, name: str, field: Schema) -> Iterator[Any]:
        yield from field.get("examples", ())
        keys = (f"{owner}.{name}", term_of(field.get("description", "")) or name, name)
        known = (SAMPLES[key] for key in keys if key in SAMPLES)
        yield from (one for one in known if self._fits(one, field))
        yield from self.of(field, name)

    def _of_component(self, component: str, name: str) -> Iterator[Any]:
        schema = self._schemas[component]
        if "properties" not in schema:
            yield from self.of(schema, name)
            return
        fields = schema["properties"].items()
        made = {n: next(self._of_field(component, n, field), None) for n, field in fields}
        yield {n: one for n, one in made.items() if one is not None}

    def _of_object(self, schema: Schema, name: str) -> Iterator[Any]:
        if (known := SAMPLES.get(schema.get("title", ""))) is not None:
            yield known
        inside = schema.get("additionalProperties")
        if isinstance(inside, dict):
            key = next(self.of(schema.get("propertyNames", {}), name), "key")
            yield from ({key: one} for one in self.of(inside, name))

    def _fits(self, value: Any, schema: Schema) -> bool:
        """Whether a field may be of this kind: unlike fields share a name."""
        if "$ref" in schema:
            return self._fits(value, self._schemas[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return any(self._fits(value, way) for way in schema["anyOf"])
        if "enum" in schema:
            return value in schema["enum"]
        kind = _KINDS.get(schema.get("type", ""))
        if kind is bool or isinstance(value, bool):
            return kind is bool and isinstance(value, bool)
        return kind is not None and isinstance(value, kind)
