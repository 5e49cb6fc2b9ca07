"""What may change in a frozen event: fields are added, with a default. Nothing else.

`compatible` looks both ways: this release reads what was written under the frozen schema, and
a reader that knows only the frozen schema reads what this release writes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

RELEASED = "x-released"  # written beside a frozen schema, no part of it

_NO_CONTRACT = frozenset({"title", "description", "examples", "$defs", "$schema", "$id", RELEASED})
_HANDLED = frozenset({"$ref", "anyOf", "enum", "const", "properties", "required", "default"})
_INSIDE = frozenset({"items", "additionalProperties"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One change that is not an addition: where, and what to do about it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where or 'the event'}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Side:
    """A part of one schema, with the definitions that it may refer to."""

    schema: Schema
    definitions: Mapping[str, Schema]

    @classmethod
    def of(cls, whole: Schema) -> "_Side":
        return cls(whole, whole.get("$defs", {}))

    def at(self, part: Any) -> "_Side":
        """The same definitions around another part, its reference followed."""
        while isinstance(part, Mapping) and "$ref" in part:
            part = self.definitions[part["$ref"].rpartition("/")[2]]
        return _Side(part, self.definitions)

    @property
    def ways(self) -> list["_Side"]:
        """The shapes that a value may have."""
        return [self.at(way) for way in self.schema.get("anyOf", [self.schema])]

    @property
    def words(self) -> set[str] | None:
        """The values of an enumeration, or None."""
        if "const" in self.schema:
            return {repr(self.schema["const"])}
        return {repr(word) for word in self.schema["enum"]} if "enum" in self.schema else None


def compatible(frozen: Schema, current: Schema) -> list[Problem]:
    """Why the current schema is not the frozen one with additions; empty when it is."""
    one, other = _Side.of(frozen), _Side.of(current)
    found = [
        *_reads(one, other, "", "written before can't be read any more"),
        *_reads(other, one, "", "written now can't be read by an older release"),
        *_kept(one, other, ""),
    ]
    return list(dict.fromkeys(found))


def _reads(writer: _Side, reader: _Side, where: str, told: str) -> Iterator[Problem]:
    """What the writer may write and the reader can't read."""
    ways = reader.ways
    for way in writer.ways:
        reasons = [list(_reads_one(way, other, where, told)) for other in ways]
        if all(reasons):
            yield from min(reasons, key=len)


def _reads_one(writer: _Side, reader: _Side, where: str, told: str) -> Iterator[Problem]:
    written, read = writer.schema, reader.schema
    if (writer.words or set()) - (reader.words or writer.words or set()):
        yield Problem(where, f"{told}: a wider enumeration is a new version")
    elif (writer.words is None) != (reader.words is None):
        yield Problem(where, f"{told}: it became, or was, an enumeration")
    plain = (written.keys() | read.keys()) - _NO_CONTRACT - _HANDLED - _INSIDE
    for word in sorted(plain):
        if written.get(word) != read.get(word):
            yield Problem(where, f"{told}: {word} differs")
    for word in sorted(_INSIDE & (written.keys() | read.keys())):
        if isinstance(written.get(word), Mapping) and isinstance(read.get(word), Mapping):
            parts = writer.at(written[word]), reader.at(read[word])
            yield from _reads(*parts, f"{where}[]", told)
        elif written.get(word) != read.get(word):
            yield Problem(where, f"{told}: {word} differs")
    yield from _fields(writer, reader, where, told)


def _fields(writer: _Side, reader: _Side, where: str, told: str) -> Iterator[Problem]:
    written, read = writer.schema.get("properties", {}), reader.schema.get("properties", {})
    surely = set(writer.schema.get("required", ()))
    for name in reader.schema.get("required", ()):
        if name not in surely:
            yield Problem(_below(where, name), f"{told}: required there, not surely written here")
    for name in written.keys() & read.keys():
        parts = writer.at(written[name]), reader.at(read[name])
        yield from _reads(*parts, _below(where, name), told)


def _kept(frozen: _Side, current: _Side, where: str) -> Iterator[Problem]:
    """Frozen fields that are gone, or mean something else when they are not written."""
    before, after = frozen.schema.get("properties", {}), current.schema.get("properties", {})
    for name, part in before.items():
        here = _below(where, name)
        if name not in after:
            yield Problem(here, "removed: nothing is ever removed")
            continue
        if part.get("default") != after[name].get("default"):
            yield Problem(here, "another default: old events would say something else")
        if (name in frozen.schema.get("required", ())) != (
            name in current.schema.get("required", ())
        ):
            yield Problem(here, "required before or now, and not the other time")
        yield from _kept_inside(frozen.at(part), current.at(after[name]), here)


def _kept_inside(frozen: _Side, current: _Side, where: str) -> Iterator[Problem]:
    for one, other in zip(frozen.ways, current.ways, strict=False):
        yield from _kept(one, other, where)
        for word in _INSIDE & one.schema.keys() & other.schema.keys():
            if isinstance(one.schema[word], Mapping) and isinstance(other.schema[word], Mapping):
                inside = one.at(one.schema[word]), other.at(other.schema[word])
                yield from _kept_inside(*inside, f"{where}[]")


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
