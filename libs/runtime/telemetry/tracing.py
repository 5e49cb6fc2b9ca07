"""Traces from the click to what it caused, made by hand: no instrumentation package.

`traceparent` is stored with each event and written to the record's header by one writer. A
span is recorded for the share of clicks that are sampled; the identifiers go along always.
"""

import time
from collections.abc import Iterable, Sequence
from functools import cache
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


@cache
def tracer() -> trace.Tracer:
    """The one tracer; to make one anew takes as long as a span."""
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


def sampled(traceparents: Iterable[str | None]) -> list[str]:
    """Those whose spans are recorded."""
    return [t for t in dict.fromkeys(traceparents) if t and t.endswith("-01")]


def batch(name: str, service: str, began: float, clicks: Iterable[str | None], size: int) -> None:
    """One span for a batch that began at this `time.perf_counter()` and is committed: a child of
    the first sampled click that is behind it, linked to all of them. None is sampled: no span."""
    behind = sampled(clicks)
    if not behind:
        return
    took = time.perf_counter() - began
    span = tracer().start_span(
        name,
        context=parent(behind[0]),
        links=links(behind),
        start_time=time.time_ns() - int(took * 1e9),
    )
    span.set_attribute("jixu.service", service)
    span.set_attribute("jixu.size", size)
    span.end()


def links(clicks: Iterable[str]) -> Sequence[Link]:
    """Links to these sampled spans."""
    return [
        Link(SpanContext(int(t[3:35], 16), int(t[36:52], 16), True, TraceFlags(1))) for t in clicks
    ]
