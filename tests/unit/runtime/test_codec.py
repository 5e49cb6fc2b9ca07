"""Records as CloudEvents: we read our own, strangers read ours, and rubbish harms nobody."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from hypothesis import example, given
from hypothesis import strategies as st

from libs.events.envelope import Actor, Envelope, Role
from libs.events.hours import ClaimHeld
from libs.events.registry import Malformed, Registry
from libs.runtime.inbound.carrying import raw
from libs.runtime.inbound.marks import arrived
from libs.runtime.log import codec
from libs.runtime.log.codec import LogRow

HELD = ClaimHeld(
    person_id=UUID(int=1), year=2024, claim_id=UUID(int=2), same_as=UUID("0191e8f0" + "a" * 24)
)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

instants = st.integers(0, 7_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
maybe_ids = st.none() | st.uuids()
envelopes = st.builds(
    Envelope,
    at=instants,
    actor=st.builds(
        Actor, st.uuids(), st.sampled_from(Role), maybe_ids, st.none(), session_id=st.uuids()
    ),
    key=st.text(max_size=5),
    correlation=st.uuids(),
    cause=maybe_ids,
    on_behalf_of=maybe_ids,
    traceparent=st.none() | st.just(TRACE),
)


def logged(envelope: Envelope, position: int = 5) -> LogRow:
    """The event as a row of the log."""
    meta, body = codec.encode_meta(envelope), HELD.model_dump_json()
    return LogRow(
        position, UUID(int=9), HELD.wire_name(), 1, HELD.subject_id, envelope.at, meta, body
    )


@given(envelopes, st.integers(1, 1 << 62), st.data())
def test_an_event_comes_back_with_its_envelope(
    envelope: Envelope, position: int, data: st.DataObject
) -> None:
    previous = data.draw(st.integers(0, position - 1))
    row = logged(envelope, position)
    headers = codec.headers(row, str(UUID(int=3)), previous)
    found = codec.inbound("hours.events", 4, 7, headers, row.body.encode())
    assert (found.position, found.previous, found.log_id) == (position, previous, UUID(int=3))
    assert (found.topic, found.partition, found.offset) == ("hours.events", 4, 7)
    read = found.read(Registry([ClaimHeld]))
    assert read.event == HELD
    assert read.actor == Actor(envelope.actor.id, envelope.actor.role, envelope.actor.unit_id)
    assert (read.recorded_at, read.correlation, read.cause, read.on_behalf_of) == (
        *(envelope.at, envelope.correlation, envelope.cause, envelope.on_behalf_of),
    )
    assert read.traceparent == envelope.traceparent
    assert json.loads(found.meta) == json.loads(row.meta)


@given(envelopes)
def test_neither_key_nor_session_leaves_the_service(envelope: Envelope) -> None:
    meta = json.loads(codec.encode_meta(envelope))
    assert set(meta) <= {
        *("actor", "role", "unit", "onbehalfof", "cause", "correlation", "traceparent")
    }


@given(envelopes)
def test_a_foreign_reader_of_cloudevents_reads_it(envelope: Envelope) -> None:
    row = logged(envelope)
    headers = codec.headers(row, str(UUID(int=3)), 4)
    assert len(dict(headers)) == len(headers), "no header twice"
    message = KafkaMessage(dict(headers), str(row.subject).encode(), row.body.encode())
    event = from_binary(message, JSONFormat())
    assert event.get_specversion() == "1.0"
    assert event.get_id() == str(row.id)
    assert event.get_source() == "/hours"
    assert event.get_type() == "hours.ClaimHeld"
    assert event.get_subject() == str(HELD.person_id)
    assert event.get_time() == envelope.at
    assert event.get_datacontenttype() == "application/json"
    assert event.get_data() == HELD.model_dump(mode="json")
    assert event.get_extension("position") == "5"
    assert event.get_extension("previous") == "4"
    assert event.get_extension("schemaversion") == "1"
    assert event.get_extension("actor") == str(envelope.actor.id)


SOMEBODY = Actor(UUID(int=1), Role.LEARNER)
CLICK = Envelope(datetime(2024, 12, 20, tzinfo=UTC), SOMEBODY, "key", UUID(int=2))
GOOD = dict(codec.headers(logged(CLICK), str(UUID(int=3)), 4))
SAID_BY_OTHERS = {"content-type", "ce_specversion", "ce_source"}


def read(value: bytes | None = b"{}", **headers: bytes | None) -> codec.Inbound:
    """The good record with some headers changed, or gone (None)."""
    changed = {**GOOD, **headers}
    pairs = [(name, text) for name, text in changed.items() if text is not None]
    return codec.inbound("hours.events", 0, 0, pairs, value)


@pytest.mark.parametrize("name", sorted(GOOD.keys() - SAID_BY_OTHERS))
def test_no_header_of_ours_may_be_missing(name: str) -> None:
    with pytest.raises(Malformed):
        read(**{name: None})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("ce_position", text) for text in (b"0", b"-1", b"x", b"4", b"9223372036854775808", b"")),
        *(("ce_previous", text) for text in (b"-1", b"5", b"6", b"", b"4.5")),
        *(("ce_id", text) for text in (b"", b"1", b"\xff")),
        *(("ce_time", text) for text in (b"2024-12-20T00:00:00", b"now", b"")),  # no zone
        # of no year that every time zone can write: such a row could be kept and never be read
        ("ce_time", b"9999-12-31T23:59:59-14:00"),
        ("ce_time", b"0001-01-01T00:00:00+14:00"),
        ("ce_time", b"9999-06-01T00:00:00Z"),
        *(("ce_role", text) for text in (b"king", b"")),
        *((name, b"450103199001011234") for name in ("ce_actor", "ce_correlation", "ce_subject")),
        ("ce_type", b"hours.\x00"),
        ("ce_logid", b"\x80"),
        ("ce_schemaversion", b"one"),
        ("ce_schemaversion", b"9" * 5000),
    ],
)
def test_what_is_no_envelope_of_ours_is_malformed_and_not_quoted(name: str, text: bytes) -> None:
    with pytest.raises(Malformed) as malformed:
        read(**{name: text})
    assert "450103199001011234" not in str(malformed.value)


@pytest.mark.parametrize("value", [None, b"\xff", b'{"a": "\\u0000"}', b'"\x00"'])
def test_a_body_that_cannot_be_kept_is_malformed(value: bytes | None) -> None:
    with pytest.raises(Malformed):
        read(value)


@given(
    headers=st.lists(st.tuples(st.sampled_from([*GOOD, "x"]), st.binary(max_size=40)), max_size=14),
    value=st.none() | st.binary(max_size=30),
)
@example(headers=list(GOOD.items()), value=b"{}")
def test_any_record_is_read_or_malformed(
    headers: list[tuple[str, bytes]], value: bytes | None
) -> None:
    record: Any = SimpleNamespace(
        topic="t", partition=0, offset=0, key=b"", headers=headers, value=value
    )
    found = arrived(raw(record))
    assert (found.inbound is None) == bool(found.problem)


def test_a_header_or_key_of_null_is_no_end() -> None:
    record: Any = SimpleNamespace(
        topic="t", partition=0, offset=0, key=None, headers=[("ce_id", None)], value=None
    )
    assert arrived(raw(record)).inbound is None
