"""Which changes of an event are additions, and which need a new version."""

from collections.abc import Callable
from copy import deepcopy
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from libs.events.compatibility import compatible
from libs.events.freeze import SCHEMAS, frozen_in
from libs.events.values import HalfDay, Hours

FROZEN = frozen_in(SCHEMAS)


class Mode(StrEnum):
    """A few words."""

    ONLINE = "online"
    OFFLINE = "offline"


class Place(BaseModel):
    """Something inside."""

    city: str
    county: str | None = None


class Held(BaseModel):
    """A class was held."""

    id: UUID
    hours: Hours
    mode: Mode
    place: Place
    rows: tuple[Place, ...] = ()
    by_kind: dict[str, Hours]
    note: str | None = None
    count: int = 1


SCHEMA = Held.model_json_schema()


def changed(base: type[BaseModel] = Held, **fields: Any) -> dict[str, Any]:
    """The schema with these fields (type, or type and default) added or changed."""
    return type("Changed", (base,), _namespace(fields)).model_json_schema()  # type: ignore[attr-defined, no-any-return]


def _namespace(fields: dict[str, Any]) -> dict[str, Any]:
    pairs = {n: f if isinstance(f, tuple) else (f,) for n, f in fields.items()}
    defaults = {n: pair[1] for n, pair in pairs.items() if len(pair) == 2}
    return {"__annotations__": {n: p[0] for n, p in pairs.items()}, "__module__": __name__} | (
        defaults
    )


class WiderPlace(Place):
    """The same with an addition inside."""

    industry: str = ""


class NarrowerPlace(Place):
    """The same with a demand inside."""

    industry: str


class WiderMode(StrEnum):
    """One word more."""

    ONLINE = "online"
    OFFLINE = "offline"
    BOTH = "both"


class StrictPlace(Place):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")


@pytest.mark.parametrize(
    "current",
    [
        SCHEMA,
        changed(remark=(str, "")),
        changed(remark=(str | None, None), second=(HalfDay | None, None)),
        changed(place=WiderPlace),
        changed(rows=(tuple[WiderPlace, ...], ())),
    ],
)
def test_an_addition_with_a_default_is_compatible(current: dict[str, Any]) -> None:
    assert compatible(SCHEMA, current) == []


@pytest.mark.parametrize(
    ("current", "told"),
    [
        (changed(remark=str), "remark: written before"),
        (changed(hours=str), "hours: written before can't be read any more: "),
        (changed(hours=(Hours, Hours(0))), "hours: required"),
        (changed(note=str), "note: "),
        (changed(note=(str, "")), "note: "),
        (changed(note=(str | int | None, None)), "note: written now can't be read"),
        (changed(count=(int, 2)), "count: another default"),
        (changed(count=(str, "1")), "count: written before"),
        (changed(mode=WiderMode), "mode: written now can't be read by an older release: a wider"),
        (changed(mode=Literal["online"]), "mode: written before"),
        (changed(mode=str), "mode: "),
        (changed(place=NarrowerPlace), "place.industry: written before"),
        (changed(place=StrictPlace), "place: "),
        (changed(rows=(tuple[NarrowerPlace, ...], ())), "rows[].industry: written before"),
        (changed(by_kind=dict[str, HalfDay]), "by_kind[]: "),
        (changed(by_kind=dict[str, str]), "by_kind[]: "),
        (changed(id=str), "id: "),
        (changed(place=UUID), "place: "),
    ],
)
def test_anything_else_is_told_where_and_why(current: dict[str, Any], told: str) -> None:
    assert told in "\n".join(map(str, compatible(SCHEMA, current)))


@pytest.mark.parametrize(
    ("limit", "current"),
    [
        ("maxLength", changed(BaseModel, name=(str, Field(max_length=9)))),
        ("maxLength", changed(BaseModel, name=(str, Field(max_length=11)))),
        ("pattern", changed(BaseModel, name=(str, Field(max_length=10, pattern="^a")))),
        ("maxLength", changed(BaseModel, name=str)),
    ],
)
def test_limits_neither_tighten_nor_loosen(limit: str, current: dict[str, Any]) -> None:
    frozen = changed(BaseModel, name=(str, Field(max_length=10)))
    assert any(limit in problem.what for problem in compatible(frozen, current))


def test_words_for_people_may_be_better_said() -> None:
    frozen = deepcopy(SCHEMA)
    frozen["description"] = "said worse"
    frozen["$defs"]["Place"]["title"] = "another title"
    assert compatible(frozen, SCHEMA) == []


def test_the_partition_key_never_changes() -> None:
    frozen = FROZEN["hours.HoursRevoked.v1"]
    assert compatible(frozen, {**frozen, "x-subject": "entry_id"})
    assert compatible(frozen, {**frozen, "x-about": "person_id"})


def removed(schema: dict[str, Any], name: str) -> None:
    """The field is gone."""
    del schema["properties"][name]
    schema["required"] = [n for n in schema.get("required", ()) if n != name]


def renamed(schema: dict[str, Any], name: str) -> None:
    """The field has another name."""
    schema["properties"][f"{name}_new"] = schema["properties"].pop(name)
    schema["required"] = [f"{name}_new" if n == name else n for n in schema.get("required", ())]


def retyped(schema: dict[str, Any], name: str) -> None:
    """The field is something that no field of ours is."""
    schema["properties"][name] = {"type": "number"}


@pytest.mark.parametrize("change", [removed, renamed, retyped])
@given(data=st.data())
def test_no_field_of_any_event_goes_or_changes(
    change: Callable[[dict[str, Any], str], None], data: st.DataObject
) -> None:
    """Also inside, wherever it is used."""
    frozen = FROZEN[data.draw(st.sampled_from(sorted(FROZEN)))]
    current = deepcopy(frozen)
    inside = [d for d in current.get("$defs", {}).values() if "properties" in d]
    where = data.draw(st.sampled_from([current, *inside]))
    change(where, data.draw(st.sampled_from(sorted(where["properties"]))))
    assert compatible(frozen, frozen) == []
    assert compatible(frozen, current)
