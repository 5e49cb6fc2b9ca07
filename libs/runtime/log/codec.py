"""Events to rows of the log and to records of a topic (CloudEvents 1.0, binary mode), and back."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from libs.events.envelope import Actor, Envelope, Recorded, Role
from libs.events.event import Event
from libs.events.registry import Malformed, Registry

Header = tuple[str, bytes]

_ENCODE = msgspec.json.Encoder()
_DECODE = msgspec.json.Decoder(dict[str, str])


class _Meta(msgspec.Struct, frozen=True):
    """The envelope as the log keeps it, its ids read (msgspec reads one in a tenth of the time)."""

    actor: UUID
    role: Role
    correlation: UUID
    unit: UUID | None = None
    cause: UUID | None = None
    onbehalfof: UUID | None = None
    traceparent: str | None = None


class _Headers(msgspec.Struct, rename=lambda name: f"ce_{name}"):
    """The headers that every record of ours has."""

    logid: UUID
    position: int
    previous: int
    id: UUID
    type: str
    schemaversion: int
    subject: UUID
    time: datetime
    actor: UUID
    role: Role
    correlation: UUID
    unit: UUID | None = None
    cause: UUID | None = None
    onbehalfof: UUID | None = None


_META = msgspec.json.Decoder(_Meta)


class LogRow(NamedTuple):
    """A row of `events`, without what only its own service needs (the stream's name)."""

    position: int
    id: UUID
    type: str
    version: int
    subject: UUID
    recorded_at: datetime
    meta: str
    body: str


def encode_meta(envelope: Envelope) -> str:
    """The envelope as the log keeps it: who, for whom, why, and nothing personal."""
    actor = envelope.actor
    meta = {
        "actor": str(actor.id),
        "role": actor.role.value,
        "unit": actor.unit_id and str(actor.unit_id),
        "onbehalfof": envelope.on_behalf_of and str(envelope.on_behalf_of),
        "cause": envelope.cause and str(envelope.cause),
        "correlation": str(envelope.correlation),
        "traceparent": envelope.traceparent,
    }
    return _ENCODE.encode({k: v for k, v in meta.items() if v is not None}).decode()


def recorded(event: Event, position: int, id: UUID, at: datetime, meta: str) -> Recorded[Event]:  # noqa: A002
    """The event with the envelope that the log kept."""
    said = _META.decode(meta)
    return Recorded(
        position=position,
        id=id,
        event=event,
        recorded_at=at,
        actor=Actor(said.actor, said.role, said.unit),
        correlation=said.correlation,
        cause=said.cause,
        on_behalf_of=said.onbehalfof,
        traceparent=said.traceparent,
    )


def headers(row: LogRow, log_id: str, previous: int) -> list[Header]:
    """The envelope as headers. `previous` is the position of the record before in the partition."""
    said = _DECODE.decode(row.meta)
    trace = said.pop("traceparent", None)
    found = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(row.id).encode()),
        ("ce_source", f"/{row.type.partition('.')[0]}".encode()),
        ("ce_type", row.type.encode()),
        ("ce_subject", str(row.subject).encode()),
        ("ce_time", row.recorded_at.isoformat().encode()),
        ("ce_schemaversion", str(row.version).encode()),
        ("ce_logid", log_id.encode()),
        ("ce_position", str(row.position).encode()),
        ("ce_previous", str(previous).encode()),
        ("content-type", b"application/json"),
    ]
    found += [(f"ce_{name}", value.encode()) for name, value in said.items()]
    if trace:
        found.append(("traceparent", trace.encode()))
    return found


class Inbound(NamedTuple):
    """A record of another service's topic, its envelope read, its body not yet."""

    topic: str
    partition: int
    offset: int
    log_id: UUID
    position: int
    previous: int
    id: UUID
    type: str
    version: int
    subject: UUID
    recorded_at: datetime
    meta: str
    body: str

    def read(self, registry: Registry) -> Recorded[Event]:
        """The event in it. Unknown, Malformed."""
        event = registry.read(self.type, self.version, self.body)
        return recorded(event, self.position, self.id, self.recorded_at, self.meta)


_EARLIEST, _LATEST = 2, 9998  # years
_OF_META = ("actor", "role", "unit", "onbehalfof", "cause", "correlation")


def inbound(topic: str, partition: int, offset: int, headers: Any, value: bytes | None) -> Inbound:
    """The record's envelope. Malformed when it is not one of ours."""
    try:
        said = {name: text.decode() for name, text in headers}
        meta = {name: said[f"ce_{name}"] for name in _OF_META if f"ce_{name}" in said}
        if "traceparent" in said:
            meta["traceparent"] = said["traceparent"]
        read = msgspec.convert(said, _Headers, strict=False)
        if read.time.tzinfo is None or value is None or b"\\u0000" in value:
            raise ValueError("no instant, or no body that can be kept")
        recorded_at = read.time.astimezone(UTC)
        if not _EARLIEST <= recorded_at.year <= _LATEST:
            raise ValueError("an instant that some time zone can't write")
        found = Inbound(
            topic=topic,
            partition=partition,
            offset=offset,
            log_id=read.logid,
            position=read.position,
            previous=read.previous,
            id=read.id,
            type=read.type,
            version=read.schemaversion,
            subject=read.subject,
            recorded_at=recorded_at,
            meta=_ENCODE.encode(meta).decode(),
            body=value.decode(),
        )
    except (KeyError, ValueError, ArithmeticError, AttributeError, msgspec.MsgspecError) as error:
        raise Malformed(f"envelope: {type(error).__name__}") from None
    if not 0 <= found.previous < found.position < 1 << 63 or "\x00" in found.type + found.body:
        raise Malformed("envelope: positions or text out of range")
    return found
