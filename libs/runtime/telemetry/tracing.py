"""Traces from the click to what it caused, made by hand: no instrumentation package.

`traceparent` is stored with each event and written to the record's header by one writer. A
span is recorded for the share of clicks that are sampled; the identifiers go along always.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, Span, SpanContext, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()


def configure(service: str, role: str, file: Path | None, share: float) -> None:
    """Record spans as JSON lines in a file; without one only the identifiers go along."""
    provider = TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(share)),
        resource=Resource.create({"service.name": f"jixu-{service}", "service.role": role}),
    )
    if file is not None:
        out: IO[str] = file.open("a", buffering=1)
        exporter = ConsoleSpanExporter(out=out, formatter=lambda span: span.to_json(None) + "\n")
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=500))
    trace.set_tracer_provider(provider)


def tracer() -> trace.Tracer:
    """The one tracer."""
    return trace.get_tracer("jixu")


def parent(traceparent: str | None) -> Context | None:
    """The caller's context, if it gave one."""
    return _W3C.extract({"traceparent": traceparent}) if traceparent else None


def traceparent(span: Span) -> str | None:
    """How this span is named to whoever comes after."""
    found = span.get_span_context()
    if not found.is_valid:
        return None
    return f"00-{found.trace_id:032x}-{found.span_id:016x}-{found.trace_flags:02x}"


def span_context(traceparent: str) -> SpanContext | None:
    """The span that a traceparent names, when it was sampled."""
    parts = traceparent.split("-")
    if len(parts) != 4 or not int(parts[3], 16) & TraceFlags.SAMPLED:
        return None
    return SpanContext(
        int(parts[1], 16), int(parts[2], 16), is_remote=True, trace_flags=TraceFlags(1)
    )


def links(traceparents: Iterable[str | None]) -> Sequence[Link]:
    """Links to the sampled clicks among these."""
    found = {t: span_context(t) for t in traceparents if t}
    return [Link(context) for context in found.values() if context is not None]
