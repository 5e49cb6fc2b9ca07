"""Bodies that a frozen schema allows, and bodies that it nearly allows."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from libs.events.values import HalfDay, Hours

Schema = Mapping[str, Any]

# What PostgreSQL can keep and UTF-8 can say.
TEXT = st.characters(exclude_categories=["Cs", "Cc"])
DATES = st.dates().map(str)
FORMATS: Mapping[str, st.SearchStrategy[str]] = {
    "uuid": st.uuids().map(str),
    "date": DATES,
    "date-time": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    "hours": st.integers(0, 9_999_999_99).map(lambda hundredths: str(Hours(hundredths))),
    "halfday": st.builds("{}/{}".format, DATES, st.sampled_from(["am", "pm"])),
}

_CHECKER = FormatChecker(formats=["uuid", "date"])


def _parsed(parse: Callable[[str], object]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or parse(value) is not None


for _format, _parse in (("hours", Hours.parse), ("halfday", HalfDay.parse)):
    _CHECKER.checks(_format, raises=ValueError)(_parsed(_parse))


def validator(schema: Schema) -> Draft202012Validator:
    """A foreign reader of the schema: the library jsonschema, formats checked."""
    return Draft202012Validator(schema, format_checker=_CHECKER)


def bodies(whole: Schema, part: Schema | None = None) -> st.SearchStrategy[Any]:
    """Any body that the schema allows, fields with a default sometimes left out."""
    schema = whole if part is None else part
    if "$ref" in schema:
        return bodies(whole, whole["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return st.one_of([bodies(whole, way) for way in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    return _OF_TYPE[schema["type"]](whole, schema)


def _objects(whole: Schema, schema: Schema) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        values = bodies(whole, schema["additionalProperties"])
        return st.dictionaries(st.text(TEXT, max_size=10), values, max_size=4)
    fields = {name: bodies(whole, part) for name, part in schema["properties"].items()}
    required = schema.get("required", ())
    return st.fixed_dictionaries(
        {name: fields[name] for name in required},
        optional={name: one for name, one in fields.items() if name not in required},
    )


def _strings(_whole: Schema, schema: Schema) -> st.SearchStrategy[Any]:
    if "format" in schema:
        return FORMATS[schema["format"]]
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].removesuffix("$"), fullmatch=True)
    return st.text(TEXT, min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 20))


_OF_TYPE: Mapping[str, Callable[[Schema, Schema], st.SearchStrategy[Any]]] = {
    "object": _objects,
    "array": lambda whole, schema: st.lists(bodies(whole, schema["items"]), max_size=3),
    "string": _strings,
    "integer": lambda _whole, _schema: st.integers(-(1 << 31), (1 << 31) - 1),
    "boolean": lambda _whole, _schema: st.booleans(),
    "null": lambda _whole, _schema: st.none(),
}
