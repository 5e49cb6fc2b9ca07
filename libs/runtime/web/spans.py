"""One span a click, from its arrival to its answer, whoever refuses it on the way."""

import time
from dataclasses import dataclass

from fastapi import Request
from opentelemetry.trace import Span, SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.runtime.telemetry import tracing

_BEGUN = "jixu.begun"


@dataclass(frozen=True, slots=True)
class Begun:
    """A click under way: its span, and when it came (`time.perf_counter()`)."""

    span: Span
    at: float


def begun(request: Request) -> Begun:
    """The click that this request is."""
    found: Begun = request.scope[_BEGUN]
    return found


def refused_by(request: Request, code: str) -> None:
    """Say on the click's span which rule refused it; queries have none."""
    if _BEGUN in request.scope:
        begun(request).span.set_attribute("jixu.rule", code)


class Spans:
    """Begins a span for every request that may change something, and ends it for certain."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        at = time.perf_counter()
        said = dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1")
        span = tracing.tracer().start_span("click", tracing.parent(said), SpanKind.SERVER)
        scope[_BEGUN] = Begun(span, at)

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                span.set_attribute("http.response.status_code", message["status"])
            await send(message)

        try:
            await self._app(scope, receive, answered if span.is_recording() else send)
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)  # never what it says
            raise
        finally:
            span.end()
