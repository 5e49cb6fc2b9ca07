"""Wire name and version to class; older versions are lifted when read, never rewritten."""

import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from libs.events.event import Event

Body = dict[str, Any]
Upcaster = Callable[[Body], Body]


class Unknown(Exception):
    """A type or version that this release does not know: kept raw, read after an upgrade."""


class Malformed(ValueError):
    """Bytes that claim a known type and version and are not one."""


class Registry:
    """The events that a reader knows, by wire name, each at its newest version."""

    def __init__(self, classes: Iterable[type[Event]]) -> None:
        self.classes: Mapping[str, type[Event]] = {c.wire_name(): c for c in classes}
        self._upcasters: dict[tuple[str, int], Upcaster] = {}

    @classmethod
    def of(cls, *modules: ModuleType) -> "Registry":
        """Every event that these modules (or packages) define."""
        return cls(
            found
            for module in modules
            for _, found in inspect.getmembers(module, inspect.isclass)
            if issubclass(found, Event)
            and found.__module__.startswith(module.__name__)
            and not inspect.isabstract(found)
            and not found.__name__.startswith("_")
        )

    def term(self, name: str) -> str:
        """The official term of an event by its wire name; of one unknown here, the name."""
        cls = self.classes.get(name)
        return cls.term() if cls else name

    def upcast(self, name: str, from_version: int) -> Callable[[Upcaster], Upcaster]:
        """Register how a body of one version becomes a body of the next."""

        def register(upcaster: Upcaster) -> Upcaster:
            self._upcasters[name, from_version] = upcaster
            return upcaster

        return register

    def lifts(self, name: str, version: int) -> bool:
        """Whether this version can be read: it is the newest, or every step to it is there."""
        cls = self.classes.get(name)
        if cls is None or version > cls.version:
            return False
        return all((name, older) in self._upcasters for older in range(version, cls.version))

    def read(self, name: str, version: int, body: bytes | str) -> Event:
        """The event in these bytes, lifted to the newest version. Unknown, Malformed."""
        cls = self.classes.get(name)
        if cls is None or version > cls.version:
            raise Unknown(f"{name} v{version}")
        try:
            if version == cls.version:
                return cls.model_validate_json(body)
            lifted = json.loads(body)
            for older in range(version, cls.version):
                lifted = self._upcasters[name, older](lifted)
            return cls.model_validate_json(json.dumps(lifted))
        except Exception as error:  # an upcaster trips over anything in unchecked bytes
            raise Malformed(f"{name} v{version}: {_without_values(error, cls)}") from None


def _without_values(error: Exception, cls: type[Event]) -> str:
    """What is wrong and where, but never the value, nor a key of a mapping: it may be personal."""
    if not isinstance(error, ValidationError):
        return type(error).__name__
    known = _field_names(cls)
    return "; ".join(
        ".".join(str(part) if part in known or isinstance(part, int) else "*" for part in e["loc"])
        + f": {e['type']}"
        for e in error.errors(include_url=False)
    )


@cache
def _field_names(cls: type[Event]) -> frozenset[str]:
    """The names of the event's fields and of the fields inside them."""
    whole = cls.model_json_schema()
    objects = (whole, *whole.get("$defs", {}).values())
    return frozenset(name for one in objects for name in one.get("properties", {}))
