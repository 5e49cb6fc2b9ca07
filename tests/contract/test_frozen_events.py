"""Every event has its frozen schema, and is what the schema says, to us and to strangers."""

import json
import traceback
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.events.compatibility import RELEASED, compatible
from libs.events.event import Event
from libs.events.freeze import SCHEMAS, differences, frozen_in, name_of, schema_of
from libs.events.language import all_events
from libs.events.registry import Malformed, Unknown
from tests.contract.conforming import bodies, validator

EVENTS = all_events()
FROZEN = frozen_in(SCHEMAS)
CURRENT = {name_of(event): schema_of(event) for event in EVENTS.classes.values()}
ALLOWED = {name: bodies(schema) for name, schema in FROZEN.items()}

few = settings(max_examples=20)  # for each of many events
each_event = pytest.mark.parametrize("event", EVENTS.classes.values(), ids=name_of)


def test_every_event_is_frozen_as_it_is() -> None:
    # One command mends this: python -m libs.events.freeze (--again before a release).
    assert not differences(FROZEN, CURRENT)


@each_event
def test_it_is_compatible_with_the_frozen_schema_both_ways(event: type[Event]) -> None:
    name = name_of(event)
    assert [str(problem) for problem in compatible(FROZEN[name], CURRENT[name])] == []


@pytest.mark.parametrize("name", FROZEN)
def test_what_was_frozen_is_still_read(name: str) -> None:
    wire, _, version = name.rpartition(".v")
    assert EVENTS.lifts(wire, int(version)), "every older version has its upcaster"
    assert FROZEN[name][RELEASED] in (True, False)


@each_event
def test_additions_are_ignored_by_older_readers(event: type[Event]) -> None:
    whole = FROZEN[name_of(event)]
    for part in (whole, *whole.get("$defs", {}).values()):
        assert part.get("additionalProperties") is not False


@each_event
@few
@given(data=st.data())
def test_a_body_that_the_schema_allows_is_read_and_written_again(
    event: type[Event], data: st.DataObject
) -> None:
    name = name_of(event)
    body: dict[str, Any] = data.draw(ALLOWED[name])
    strangers = validator(FROZEN[name])
    strangers.validate(body)
    read = EVENTS.read(event.wire_name(), event.version, json.dumps(body))
    written = read.model_dump_json()
    strangers.validate(json.loads(written))
    again = EVENTS.read(event.wire_name(), event.version, written)
    assert again == read
    assert again.model_dump_json() == written
    assert str(read.subject_id) == body[event.subject]
    assert str(read.about_id) == body[event.about]


@each_event
@few
@given(data=st.data())
def test_equal_facts_have_equal_bytes(event: type[Event], data: st.DataObject) -> None:
    """However the keys of the body stand, inside as well."""
    body = data.draw(ALLOWED[name_of(event)])
    shuffled = _backwards(body) | {"a_field_of_a_later_release": 1}
    one, other = (
        EVENTS.read(event.wire_name(), event.version, json.dumps(b)) for b in (body, shuffled)
    )
    assert one == other
    assert one.model_dump_json() == other.model_dump_json()


@each_event
def test_a_body_that_lacks_something_is_malformed(event: type[Event]) -> None:
    schema = FROZEN[name_of(event)]
    for field in schema["required"]:
        others = {name: None for name in schema["required"] if name != field}
        with pytest.raises(Malformed, match=rf"\b{field}: missing"):
            EVENTS.read(event.wire_name(), event.version, json.dumps(others))


A_NUMBER = "450103199001011234"

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.just(A_NUMBER)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.just(A_NUMBER), inner, max_size=3)
    ),
    max_leaves=8,
)


@each_event
@few
@given(data=st.data())
def test_malformed_never_tells_a_value(event: type[Event], data: st.DataObject) -> None:
    schema = FROZEN[name_of(event)]
    body = data.draw(ALLOWED[name_of(event)])
    for field in data.draw(st.lists(st.sampled_from(sorted(schema["properties"])), min_size=1)):
        body[field] = data.draw(anything)
    assert A_NUMBER not in _told(event, json.dumps(body))


def test_malformed_never_tells_a_key_that_people_may_have_written() -> None:
    issued = EVENTS.classes["certificates.CertificateIssued"]
    told = _told(issued, json.dumps({"totals": {A_NUMBER: "4"}}))
    assert "totals.*: string_pattern_mismatch" in told
    assert A_NUMBER not in told


@given(
    name=st.sampled_from(sorted(EVENTS.classes)) | st.text(max_size=20),
    version=st.integers(-2, 3),
    body=st.binary(max_size=50) | st.just(b"[" * 100_000) | st.just(b'{"person_id":"\\ud800"}'),
)
def test_any_bytes_are_an_event_or_unknown_or_malformed(
    name: str, version: int, body: bytes
) -> None:
    known = EVENTS.classes.get(name)
    expected = Unknown if known is None or version > known.version else Malformed
    with pytest.raises(expected):
        EVENTS.read(name, version, body)


def _backwards(body: Any) -> Any:
    """The same with every object's keys the other way round."""
    if isinstance(body, dict):
        return {key: _backwards(body[key]) for key in reversed(body)}
    return [_backwards(part) for part in body] if isinstance(body, list) else body


def _told(event: type[Event], body: str) -> str:
    """All that is told about a body that can't be read."""
    try:
        EVENTS.read(event.wire_name(), event.version, body)
    except Malformed as malformed:
        return "".join(traceback.format_exception(malformed))
    return ""
